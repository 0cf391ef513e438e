// What pages have in common that change something: a call whose trouble is told, a question before what can't be undone,
// and a page loaded again that says what was done, with the focus where it was.

import { Link } from "./link.js";

const AFTER = "voicemock-after"; // told, and focused, once the page was loaded again
export const link = new Link();
export const $ = (selector) => document.querySelector(selector);

export function complain({ message, nextStep }) {
  const trouble = $("#trouble");
  trouble.textContent = `${message}${nextStep ? `: ${nextStep}` : ""}.`;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
}

// Whether it was done.
export async function carryOut(act) {
  $("#trouble").hidden = true;
  try {
    await act();
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

export async function change(name, given, { note = "", focus = "" } = {}) {
  if (!(await carryOut(() => link.call(name, given)))) return;
  sessionStorage.setItem(AFTER, JSON.stringify({ note, focus }));
  location.reload();
}

export function ask(dialog, act) {
  dialog.onclose = () => dialog.returnValue === "yes" && act();
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector("[data-first]").focus(); // autofocus in a dialog is taken for the page's
}

export function tellAfter() {
  const { note = "", focus } = JSON.parse(sessionStorage.getItem(AFTER) ?? "{}");
  sessionStorage.removeItem(AFTER);
  if (focus) (document.querySelector(focus) ?? $("h1")).focus();
  if (note) $("#done").textContent = note;
}
