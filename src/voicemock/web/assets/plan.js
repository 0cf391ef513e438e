// The plan: its tasks begun, made, changed and forgotten.

import { $, ask, carryOut, change, link } from "./act.js";
import { begin } from "./ways.js";

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => carryOut(() => begin(link, { question: button.dataset.ask, count: 1 })));
}
for (const button of document.querySelectorAll("[data-loop]")) {
  button.addEventListener("click", () => carryOut(() => begin(link, { loop: button.dataset.loop })));
}

$("#make")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const { date, level, minutes, at, job } = Object.fromEntries(form);
  change("plan", { date, level, minutes: Number(minutes), at, job, rest: form.getAll("rest").join(",") });
});

$("#forget")?.addEventListener("click", () => ask($("#sure"), () => change("forget_plan", {})));
