// The start page: what to practise, and the way into the interview.

import { Link } from "./link.js";
import { begin as enter, keepWays, showWays } from "./ways.js";

const link = new Link();
const form = document.querySelector("#setup");
const trouble = document.querySelector("#trouble");
const goingOn = document.querySelector("#going-on");
const principle = document.querySelector("#principle-field");

function complain(error) {
  trouble.textContent = `${error.message}${error.nextStep ? `: ${error.nextStep}` : ""}.`;
  trouble.hidden = false;
}

function fit() {
  const round = form.elements.round.value;
  principle.hidden = round !== "" && round !== "behavioral";
  if (principle.hidden) form.elements.principle.value = "";
  for (const option of document.querySelectorAll("#questions option")) {
    option.disabled = round !== "" && option.dataset.round !== round;
  }
}

form.addEventListener("change", () => {
  fit();
  keepWays(form);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { round, principle: chosen, question, style, count } = Object.fromEntries(new FormData(form));
  begin({ round, principle: chosen, question, style, count: Number(count) });
});

async function begin(given) {
  trouble.hidden = true;
  if (!form.reportValidity()) return;
  try {
    keepWays(form);
    await enter(link, given);
  } catch (error) {
    complain(error);
  }
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => begin({ question: button.dataset.ask, style: form.elements.style.value, count: 1 }));
}
for (const button of document.querySelectorAll("[data-loop]")) {
  button.addEventListener("click", () => begin({ loop: button.dataset.loop }));
}
for (const button of document.querySelectorAll("[data-resume]")) {
  button.addEventListener("click", () => begin({ resume: button.dataset.resume }));
}

document.querySelector("#bring-back")?.addEventListener("click", async ({ target }) => {
  target.disabled = true;
  target.textContent = "Writing it down …";
  try {
    const { back, left } = await link.call("bring_back");
    document.querySelector("#lost p").textContent = [`${back} brought back.`, ...left].join(" ");
  } catch (error) {
    complain(error);
  }
  target.hidden = true;
});

document.querySelector("#end").addEventListener("click", async () => {
  await link.call("end").catch(complain);
  goingOn.hidden = true;
});

showWays(form);
const { busy } = await link.call("look");
goingOn.hidden = !busy;
fit();
