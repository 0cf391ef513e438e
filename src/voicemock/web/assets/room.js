// The interview: the microphone check, the room, the score of each answer. The server says what state it is in.

import { Ear, WHY } from "./ear.js";
import { Line } from "./line.js";
import { Link, root } from "./link.js";
import { Mouth } from "./mouth.js";
import { Stage } from "./stage.js";
import { ways } from "./ways.js";

const HEARD_LEVEL = 0.2; // of the meter: clearly above a quiet room
const HEARD_BLOCKS = 12; // a quarter of a second of it
const DEVICE = "voicemock-device"; // the one chosen last, in this browser

const $ = (selector) => document.querySelector(selector);
const page = $("#interview");
const line = new Line();
const link = new Link((address) => line.connect(address));
const ear = new Ear(line);
const mouth = new Mouth();
const stage = new Stage();
let state = "loading";
let fields = {};
let heard = 0;
let entered = false;

// --- banner: what is wrong, and the one thing to do about it ------------------------------------------------

function banner(text, label = "", act = null) {
  const box = $("#banner");
  const button = box.querySelector("button");
  box.querySelector("p").textContent = text;
  box.hidden = !text;
  button.hidden = !act;
  button.textContent = label;
  button.onclick = act;
}

function say(text) {
  $("#told").textContent = text; // read aloud by a screen reader
}

// --- microphone ---------------------------------------------------------------------------------------------

async function openEar(device = localStorage.getItem(DEVICE) ?? "") {
  try {
    await ear.open(device);
  } catch (error) {
    if (error.name === "OverconstrainedError" && device) return openEar("");
    const [what, todo] = WHY[error.name] ?? [`The microphone can't be opened (${error.message})`, ""];
    banner(`${what}. ${state === "asking" ? "The clock is paused, and what you said is kept. " : ""}${todo}`, "Try again", () => openEar(device));
    ready();
    return;
  }
  banner("");
  await fillDevices();
  ready();
}

async function fillDevices() {
  const devices = await ear.devices();
  $("#device").replaceChildren(
    ...devices.map((each, i) => new Option(each.label || `Microphone ${i + 1}`, each.deviceId, false, each.deviceId === ear.device)),
  );
}

ear.addEventListener("level", ({ detail }) => {
  stage.level(detail, state);
  if (state !== "ready" && state !== "preparing") return;
  if (detail > HEARD_LEVEL && ++heard === HEARD_BLOCKS) {
    $("#heard").textContent = "I can hear you.";
    $("#heard").classList.add("yes");
  }
});

ear.addEventListener("gone", () => {
  const stands = state === "asking" ? "The clock is paused, and what you said is kept. " : "";
  banner(`The microphone is gone. ${stands}Plug it in again.`, "Use another microphone", () => openEar(""));
});

navigator.mediaDevices?.addEventListener("devicechange", async () => {
  if (["preparing", "ready", "asking"].includes(state) && !ear.live) await openEar();
  else if (ear.live) await fillDevices();
});

$("#device").addEventListener("change", async ({ target }) => {
  localStorage.setItem(DEVICE, target.value);
  heard = 0;
  await openEar(target.value);
});

$("#echo").addEventListener("click", async () => {
  await mouth.open();
  await ear.resume();
  $("#echo-state").textContent = "Recording …";
  const sound = await ear.record(2);
  $("#echo-state").textContent = "Playing …";
  mouth.play(sound, 16000).source.onended = () => {
    $("#echo-state").textContent = "If that was clear, you are set.";
  };
});

// --- states -------------------------------------------------------------------------------------------------

const VIEWS = { preparing: "check", ready: "check", asking: "room", scored: "scored", next_round: "next-round", over: "scored", idle: "nothing", failed: "nothing" };

function ready() {
  $("#go").disabled = state !== "ready" || !ear.live;
}

async function turn(now) {
  const before = state;
  ({ state, ...fields } = now);
  page.dataset.state = state;
  for (const view of new Set(Object.values(VIEWS))) $(`#${view}`).hidden = VIEWS[state] !== view;
  line.want(state === "asking");
  if (state === "ready") $("#progress").textContent = "";
  if (["preparing", "ready", "asking"].includes(state) && !ear.live) openEar();
  if (state === "asking" && before !== "asking") $("#asked-text").focus();
  if (state === "next_round") {
    $("#round-text").textContent = fields.text;
    $("#round-text").focus();
  }
  if (state === "scored") await showScore(fields.answer);
  if (state === "over") await over();
  if (state === "failed") banner(`${fields.problem}: ${fields.next_step}.`);
  ready();
}

async function showScore(answer) {
  $("#between").hidden = state !== "scored";
  $("#after").hidden = state === "scored";
  const reply = answer ? await fetch(`${root}summary/${answer}`) : null;
  $("#summary").innerHTML = reply?.ok ? await reply.text() : "<p>Nothing was recorded.</p>";
  $("#scored-title").focus();
}

async function over() {
  ear.close();
  const last = fields.answers.at(-1);
  await showScore(last);
  $("#to-review").href = fields.retry_of && last ? `${root}compare/${fields.retry_of}/${last}` : `${root}review/${fields.session}`;
  $("#to-review").textContent = fields.retry_of ? "Both attempts side by side" : "See the whole review";
  $("#again").hidden = !last;
}

// --- what the server tells ----------------------------------------------------------------------------------

link.addEventListener("open", () => {
  if (!entered || state !== "moved") link.send({ do: "enter" });
  line.again();
});
link.addEventListener("state", ({ detail }) => {
  entered = true;
  if (!$("#banner").hidden && $("#banner").dataset.about === "link") banner("");
  $("#banner").dataset.about = "";
  turn(detail);
});
link.addEventListener("progress", ({ detail }) => ($("#progress").textContent = detail.text));
link.addEventListener("question", ({ detail }) => stage.question(detail));
link.addEventListener("event", ({ detail }) => stage.event(detail, say));
link.addEventListener("meter", ({ detail }) => stage.meter(detail));
link.addEventListener("sound", ({ detail }) => mouth.line(detail));
link.addEventListener("hush", ({ detail }) => mouth.hush(detail.line));
link.addEventListener("taken", () => elsewhere("The interview is open in another tab."));
link.addEventListener("moved", () => elsewhere("The interview went on in another tab."));
link.addEventListener("lost", () => aboutLink("The connection was lost. What you said is kept; trying again …"));
link.addEventListener("gone", () =>
  aboutLink("voicemock is not running any more. What you said is kept: run `voicemock web` again, open its new address, and bring it back there."),
);
link.addEventListener("anew", () => {
  aboutLink("voicemock was started anew: open the address that it printed. What you said is kept, and can be brought back there.");
});

function aboutLink(text) {
  banner(text);
  $("#banner").dataset.about = "link";
}

function elsewhere(text) {
  state = "moved";
  line.want(false);
  ear.close();
  for (const view of new Set(Object.values(VIEWS))) $(`#${view}`).hidden = true;
  banner(text, "Go on here", () => {
    banner("");
    link.send({ do: "enter", take_over: true });
  });
}

for (const kind of ["playing", "played"]) {
  mouth.addEventListener(kind, ({ detail }) => link.send({ do: kind, ...detail }));
}
mouth.addEventListener("blocked", ({ detail }) => {
  link.send({ do: "blocked", blocked: detail });
  if (detail) banner("The browser plays no sound before a click.", "Play the interviewer's voice", hearAgain);
});

async function hearAgain() {
  banner("");
  await mouth.open();
  await ear.resume();
  link.send({ do: "blocked", blocked: false });
  link.send({ do: "ask", key: "r" });
}

// --- what the candidate presses -----------------------------------------------------------------------------

function go() {
  mouth.open();
  ear.resume();
  link.send({ do: "go" });
}

function stop() {
  link.send({ do: "stop" });
  say("Stopping. What you said is kept.");
}

$("#go").addEventListener("click", go);
$("#next").addEventListener("click", go);
$("#ready").addEventListener("click", go);
for (const id of ["#stop", "#stop-here", "#stop-round"]) $(id).addEventListener("click", stop);
$("#leave-check").addEventListener("click", async () => {
  await link.call("end");
  location.assign(root);
});
$("#again").addEventListener("click", async () => {
  await link.call("begin", { ...ways(), retry: fields.answers.at(-1), style: "polite" });
  link.send({ do: "enter" });
});
for (const key of document.querySelectorAll("[data-key]")) {
  key.addEventListener("click", () => link.send({ do: "ask", key: key.dataset.key }));
}
for (const mark of document.querySelectorAll("[data-mark]")) {
  mark.addEventListener("click", () => link.send({ do: "rate", mark: mark.dataset.mark }));
}
document.addEventListener("keydown", (event) => {
  if (state !== "asking" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const mark = document.querySelector(`[data-mark="${CSS.escape(event.key)}"]`);
  if (mark) return mark.click(); // also before it is asked for; voicemock drops what came within the answer
  if (!$("#rating").hidden && event.key !== "q") return; // Enter presses the button that has the focus, or nothing
  const key = event.key === "q" ? $("#stop") : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!key) return;
  event.preventDefault();
  key.click();
});
addEventListener("beforeunload", (event) => state === "asking" && event.preventDefault());
