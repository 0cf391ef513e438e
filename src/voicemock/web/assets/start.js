// The start page: what to practise, and the way into the interview.

import { Link, root } from "./link.js";

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

form.addEventListener("change", fit);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.hidden = true;
  const { round, principle: chosen, question, style, count } = Object.fromEntries(new FormData(form));
  try {
    await link.call("begin", { round, principle: chosen, question, style, count: Number(count) });
    location.assign(`${root}interview`);
  } catch (error) {
    complain(error);
  }
});

document.querySelector("#end").addEventListener("click", async () => {
  await link.call("end").catch(complain);
  goingOn.hidden = true;
});

const { busy } = await link.call("look");
goingOn.hidden = !busy;
fit();
