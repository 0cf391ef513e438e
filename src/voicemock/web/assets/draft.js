// A story is drafted: what is typed goes to voicemock at each pause, which keeps it and says what is read in it.

import { Link, root } from "./link.js";
import { begin } from "./ways.js";

const PAUSE_MS = 500;
const CAP_S = 180; // where an answer is cut off: the end of the line
const SIGNS = { true: ["✓", "ok", "found"], false: ["✗", "warning", "not found"], null: ["·", "open", "too early to tell"] };

const link = new Link();
const $ = (selector) => document.querySelector(selector);
const form = $("#draft");
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

let pause; // the timer
let waiting = false; // something was typed that voicemock does not have yet
let asking = null; // the request under way
let left = false; // removed or told: nothing more is kept
let before = {}; // mark → whether it was there

function typed() {
  const { title, question } = Object.fromEntries([...form.querySelectorAll("input[data-most]")].map(kept));
  const parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map(kept));
  const principle = $("#principle").value;
  return { id: form.dataset.id, title, principle: principle || null, question, parts };
}

// What is kept of a field. What goes beyond stays in it, and is named beside it: nothing is cut silently.
function kept(field) {
  const letters = [...field.value.trim()];
  const over = letters.length - Number(field.dataset.most);
  const told = $(`#over-${field.id}`);
  told.textContent = over > 0 ? `The last ${over === 1 ? "character is" : `${over} characters are`} too many, and not kept.` : "";
  field.ariaInvalid = over > 0 ? "true" : null;
  return [field.name, letters.slice(0, field.dataset.most).join("")];
}

function complain(error) {
  $("#trouble").textContent = `${error.message}${error.nextStep ? `: ${error.nextStep}` : ""}.`;
  $("#trouble").hidden = false;
}

// One request at a time, always with the latest text: an older one can't overtake it. Whether the latest is kept.
function keep() {
  clearTimeout(pause);
  if (left) return Promise.resolve(true);
  asking ??= keepLatest().finally(() => (asking = null));
  return asking;
}

async function keepLatest() {
  do {
    waiting = false;
    try {
      const read = await link.call("draft", typed());
      $("#trouble").hidden = true;
      named(read.id);
      show(read);
    } catch (error) {
      waiting = true; // the page warns before it is left
      $("#kept").textContent = "Not kept.";
      complain(error);
      return false;
    }
  } while (waiting);
  return true;
}

function named(id) {
  if (!id) return;
  if (form.dataset.id !== id) {
    form.dataset.id = id;
    history.replaceState(null, "", `${root}draft/${id}`);
    $("#file").href = `${root}draft-file/${id}`;
  }
  for (const each of [$("#file"), $("#remove")]) each.hidden = false;
  $("#tell").disabled = false;
  if (!waiting) $("#kept").textContent = `Kept as ${id}.`;
}

function show(read) {
  for (const [part, time] of Object.entries(read.parts)) $(`#time-${part}`).textContent = time;
  $("#time").textContent = read.time;
  $("#told").setAttribute("width", `${Math.min(100, (read.seconds / CAP_S) * 100)}%`);
  $("#told").classList.toggle("under", read.length !== "good");
  $("#overall").textContent = read.overall;
  $("#brief").textContent = [read.brief, read.missing.length ? `${read.missing.length} to go` : "nothing missing"].join(" · ");
  $("#marks").replaceChildren(...read.marks.map(mark));
  list("#needs", read.missing);
  list("#asks", read.fixes);
  announce(read.marks);
}

function mark({ label, good, says }) {
  const [sign, className, words] = SIGNS[good];
  const item = make("li", className);
  const body = make("div", "");
  body.append(make("b", "", label), " ", make("span", "hidden-text", `${words}:`), make("span", "", says));
  const shown = make("span", "sign", sign);
  shown.ariaHidden = "true";
  item.append(shown, " ", body);
  return item;
}

function list(selector, lines) {
  $(selector).hidden = lines.length === 0;
  $(`${selector} ul`).replaceChildren(...lines.map((line) => make("li", "", line)));
}

// Who can't see the marks hears which of them changed, and nothing else.
function announce(marks) {
  const changed = marks.filter(({ key, good }) => key in before && before[key] !== good);
  if (changed.length) $("#changes").textContent = changed.map(({ label, good }) => `${label}: ${SIGNS[good][2]}`).join(". ");
  before = Object.fromEntries(marks.map(({ key, good }) => [key, good]));
}

form.addEventListener("input", () => {
  waiting = true;
  $("#kept").textContent = "";
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    keep();
  }
});
addEventListener("beforeunload", (event) => {
  if ((waiting || asking) && !left) event.preventDefault(); // the browser asks before what was just typed is lost
});
document.addEventListener("visibilitychange", () => document.hidden && waiting && keep());

$("#tell").addEventListener("click", async () => {
  if (!(await keep())) return; // what was just typed would not be told
  try {
    left = true;
    await begin(link, { draft: form.dataset.id });
  } catch (error) {
    left = false;
    complain(error);
  }
});

$("#remove").addEventListener("click", () => {
  const dialog = $("#sure");
  dialog.onclose = async () => {
    if (dialog.returnValue !== "remove") return;
    left = true;
    try {
      await link.call("remove_draft", { id: form.dataset.id });
      location.replace(`${root}drafts`);
    } catch (error) {
      left = false;
      complain(error);
    }
  };
  dialog.returnValue = "";
  dialog.showModal();
});

await keep();
