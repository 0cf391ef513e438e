// "As on the day": how the interviews of this tab are run. The start page sets it, every way into an interview takes it
// along: a task of the plan, a draft that is told, the same question again.

import { root } from "./link.js";

const KEPT = "voicemock-ways";

export function ways() {
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
}

export function keepWays(form) {
  const { think, warn, rate_yourself: rate } = Object.fromEntries(new FormData(form));
  const chosen = { think: Number(think) || "", warn: warn.trim(), rate_yourself: rate === "on" };
  sessionStorage.setItem(KEPT, JSON.stringify(chosen));
}

export function showWays(form) {
  const { think, warn, rate_yourself: rate } = ways();
  form.elements.think.value = think || 0;
  form.elements.warn.value = warn ?? "";
  form.elements.rate_yourself.checked = rate === true;
}

// Raises what the call raises: nothing has begun then.
export async function begin(link, given) {
  await link.call("begin", { ...ways(), ...given });
  location.assign(`${root}interview`);
}
