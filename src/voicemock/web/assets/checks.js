// What a page has looked at on a click: the machine, what is stored, the writing sample.

import { Link } from "./link.js";

const link = new Link();
const $ = (selector) => document.querySelector(selector);
const SIGNS = { ok: ["✓", "is well"], warning: ["!", "needs a look"], broken: ["✗", "is broken"] };
const QUOTED = 5; // as many lines of each check as the command shows

const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

// One thing looked at; what is wrong is never told by colour alone.
function finding(verdict, name, what, nextStep = "", quotes = []) {
  const [sign, words] = SIGNS[verdict];
  const item = make("li", verdict);
  const body = make("div", "");
  body.append(make("b", "", name), " ", make("span", "hidden-text", `${words}:`), ` ${what}`);
  if (nextStep) body.append(make("p", "next", nextStep));
  for (const quote of quotes.slice(0, QUOTED)) body.append(make("p", "quoted", `Line ${quote.line}: “${quote.text}”`));
  if (quotes.length > QUOTED) body.append(make("p", "small", `and ${quotes.length - QUOTED} more`));
  item.append(make("span", "sign", sign), " ", body);
  return item;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Has it looked at, with a word meanwhile; undefined where that was refused.
async function look(button, state, words, name, given) {
  $("#trouble").hidden = true;
  button.disabled = true;
  $(state).textContent = words;
  try {
    return await link.call(name, given);
  } catch (error) {
    $("#trouble").textContent = `${capital(error.message)}${error.nextStep ? `: ${error.nextStep}` : ""}.`;
    $("#trouble").hidden = false;
    return undefined;
  } finally {
    button.disabled = false;
    $(state).textContent = "";
  }
}

for (const [id, given, words] of [["#engines", {}, "Loading them …"], ["#latency", { latency: true }, "Measuring …"]]) {
  $(id)?.addEventListener("click", async ({ target }) => {
    const found = await look(target, "#machine-state", words, "examine", given);
    if (!found) return;
    for (const old of document.querySelectorAll(`#machine [data-from="${id}"]`)) old.remove();
    const items = found.map((each) => finding(each.verdict, capital(each.part), each.what, each.next_step));
    for (const item of items) item.dataset.from = id;
    $("#machine").append(...items);
  });
}

$("#verify")?.addEventListener("click", async ({ target }) => {
  const found = await look(target, "#stored-state", "Reading all of it …", "verify", {});
  if (!found) return;
  const faults = found.faults.map((each) => finding("broken", each.place, each.problem, each.next_step));
  $("#stored").replaceChildren(...faults);
  $("#stored-state").textContent = found.good;
});

$("#sample-file")?.addEventListener("change", async ({ target }) => {
  if (target.files[0]) $("#text").value = (await target.files[0].text()).slice(0, $("#text").maxLength);
});
$("#sample")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  const review = await look(button, "#sample-state", "Reading …", "writing", { text: $("#text").value });
  if (!review) return;
  const items = review.checks.map((each) =>
    finding(each.good ? "ok" : "warning", capital(each.name), each.found, each.advice, each.good ? [] : each.quotes),
  );
  $("#sample-checks").replaceChildren(...items);
  $("#sample-state").textContent = review.good ? "All of it is as it should be." : "";
});
