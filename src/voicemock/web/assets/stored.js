// What can be done with what is stored: corrected in place, answered again, deleted, put into other stories.

import { Link, root } from "./link.js";
import { begin as enter } from "./ways.js";

const link = new Link();
const $ = (selector) => document.querySelector(selector);
const NOTE = "voicemock-note"; // told after a page was loaded again

function tell(text) {
  const box = $("#done");
  box.textContent = text;
  box.hidden = !text;
  if (text) box.scrollIntoView({ block: "nearest" });
}

async function carryOut(name, given) {
  try {
    return await link.call(name, given);
  } catch (error) {
    complain(error);
    return undefined;
  }
}

function complain({ message, nextStep }) {
  tell(`${message}${nextStep ? `: ${nextStep}` : ""}.`);
}

function loadAgain(note) {
  sessionStorage.setItem(NOTE, note);
  location.reload();
}

function on(selector, event, act) {
  for (const element of document.querySelectorAll(selector)) element.addEventListener(event, (e) => act(element, e));
}

async function begin(given) {
  await enter(link, given).catch(complain);
}

const points = (score) => (score === null ? "–" : score.toFixed(1));

// --- one session ----------------------------------------------------------------------------------------------

let correcting = null; // the article whose words are being corrected

on("[data-again]", "click", (button) => begin({ retry: button.dataset.again }));
on("[data-question]", "click", (button) => begin({ question: button.dataset.question }));
on("[data-settle]", "click", async ({ dataset }) => {
  const { settle: answer, at, heard, number } = dataset;
  const done = await carryOut("settle", { answer, at: Number(at), heard, number });
  if (done) loadAgain(`It is ${number}. The score was ${points(done.before)} and is ${points(done.after)}.`);
});
on("[data-undo]", "click", async (button) => {
  const done = await carryOut("undo", { answer: button.dataset.undo });
  if (done !== undefined) loadAgain("The answer is again as it was heard.");
});

on("[data-correct]", "click", (button) => {
  const article = button.closest("article");
  const begins = correcting !== article;
  for (const other of document.querySelectorAll("[data-correct]")) other.setAttribute("aria-pressed", "false");
  correcting?.classList.remove("correcting");
  correcting = begins ? article : null;
  button.setAttribute("aria-pressed", String(begins));
  article.classList.toggle("correcting", begins);
  for (const word of article.querySelectorAll(".w[data-t]")) {
    if (begins) Object.assign(word, { tabIndex: 0, role: "button" });
    else {
      word.removeAttribute("tabindex");
      word.removeAttribute("role");
    }
  }
  tell(begins ? "Choose the word that was misheard. What was recognised is kept." : "");
});

// Before the player hears of it: in this mode a click on a word does not play it.
document.addEventListener("click", (event) => choose(event), true);
document.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && choose(event), true);

function choose(event) {
  const word = event.target.closest?.(".w[data-t]");
  if (!word || !correcting?.contains(word)) return;
  event.preventDefault();
  event.stopPropagation();
  correct(word, correcting.querySelector("[data-correct]").dataset.correct);
}

function correct(word, answer) {
  const dialog = $("#word");
  const old = word.textContent.trim();
  const doubts = readings(old, correcting);
  $("#word-old").textContent = old;
  $("#word-new").value = old;
  $("#word-doubt").hidden = doubts.length === 0;
  $("#word-doubt").replaceChildren(...doubts.map((reading) => choice(reading)));
  dialog.returnValue = "";
  dialog.onclose = async () => {
    const now = $("#word-new").value.trim();
    word.focus();
    if (dialog.returnValue !== "save" || now === old || !now) return;
    const given = { answer, at: Number(word.dataset.t), old, new: now };
    const done = await carryOut("correct", given);
    if (done) loadAgain(`“${old}” is now “${now}”. The score was ${points(done.before)} and is ${points(done.after)}.`);
  };
  dialog.showModal();
  $("#word-new").select();
}

// What the recogniser held possible beside `word`, and what sounds like it.
function readings(word, article) {
  const heard = [...article.querySelectorAll("[data-reading-of]")].filter((each) => each.dataset.readingOf.includes(word));
  const others = heard.flatMap((each) => each.dataset.readings.split("|"));
  return [...new Set([...others, ...soundAlike(word)])].filter((each) => each !== word);
}

// 19 or 90, nineteen or ninety: the numbers that are misheard most.
function soundAlike(word) {
  const number = /^(\D*)(1[3-9]|[3-9]0)(\D*)$/.exec(word);
  if (number) {
    const value = Number(number[2]);
    return [`${number[1]}${value < 20 ? (value - 10) * 10 : value / 10 + 10}${number[3]}`];
  }
  if (/teen\b/i.test(word)) return [word.replace(/fourteen/i, "forteen").replace(/teen\b/i, "ty")];
  return /^(thir|for|fif|six|seven|eigh|nine)ty\b/i.test(word) ? [word.replace(/^for/i, "four").replace(/ty\b/i, "teen")] : [];
}

function choice(reading) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "key", textContent: `${reading}?` });
  button.addEventListener("click", () => ($("#word-new").value = reading));
  return button;
}

$("#word-cancel")?.addEventListener("click", () => $("#word").close());
$("#delete")?.addEventListener("click", ({ target }) => {
  const dialog = $("#sure");
  dialog.onclose = async () => {
    if (dialog.returnValue !== "delete") return;
    const done = await carryOut("delete", { session: target.dataset.session });
    if (done !== undefined) location.replace(`${root}sessions`);
  };
  dialog.showModal();
});

// --- a story --------------------------------------------------------------------------------------------------

on("[data-call]", "click", async (button) => {
  const done = await carryOut(button.dataset.call, { story: Number(button.dataset.story) });
  if (done !== undefined) loadAgain("Kept.");
});
on("[data-form]", "submit", async (form, event) => {
  event.preventDefault();
  const { title, into, answer, story } = Object.fromEntries(new FormData(form));
  const given = {
    rename: { title },
    merge: { into: Number(into) },
    assign: { answer, story: story ? Number(story) : null },
  }[form.dataset.form];
  if (form.dataset.story) given.story = Number(form.dataset.story);
  if ((await carryOut(form.dataset.form, given)) === undefined) return;
  if (form.dataset.form === "rename") loadAgain("Renamed.");
  else location.assign(`${root}stories`);
});

const note = sessionStorage.getItem(NOTE);
if (note) tell(note);
sessionStorage.removeItem(NOTE);
