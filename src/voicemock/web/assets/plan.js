// The plan: its tasks begun, made, changed and forgotten.

import { Link, root } from "./link.js";

const WAYS = "voicemock-ways"; // how this tab's interview is run, as the start page was told
const link = new Link();
const $ = (selector) => document.querySelector(selector);

async function carryOut(name, given) {
  $("#trouble").hidden = true;
  try {
    await link.call(name, given);
    return true;
  } catch (error) {
    $("#trouble").textContent = `${error.message}${error.nextStep ? `: ${error.nextStep}` : ""}.`;
    $("#trouble").hidden = false;
    $("#trouble").scrollIntoView({ block: "nearest" });
    return false;
  }
}

async function begin(given) {
  const ways = JSON.parse(sessionStorage.getItem(WAYS) ?? "{}");
  if (await carryOut("begin", { ...ways, ...given })) location.assign(`${root}interview`);
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => begin({ question: button.dataset.ask, count: 1 }));
}
for (const button of document.querySelectorAll("[data-loop]")) {
  button.addEventListener("click", () => begin({ loop: button.dataset.loop }));
}

$("#make")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const { date, level, minutes, at, job } = Object.fromEntries(form);
  const given = { date, level, minutes: Number(minutes), at, job, rest: form.getAll("rest").join(",") };
  if (await carryOut("plan", given)) location.reload();
});

$("#forget")?.addEventListener("click", () => {
  const dialog = $("#sure");
  dialog.onclose = async () => {
    if (dialog.returnValue === "forget" && (await carryOut("forget_plan"))) location.reload();
  };
  dialog.showModal();
});
