// What is kept around the interview (outcomes, questions to ask, a day): kept, changed, put in order, removed.

import { $, ask, carryOut, change, link, tellAfter } from "./act.js";
import { begin } from "./ways.js";

const NUMBERS = ["rounds", "minutes", "pause"];

function on(selector, event, act) {
  for (const element of document.querySelectorAll(selector)) element.addEventListener(event, (e) => act(element, e));
}

// A field left empty is left open; a choice that was not touched is no wish.
function said(form) {
  const given = Object.fromEntries(new FormData(form));
  for (const name of NUMBERS.filter((each) => each in given)) given[name] = given[name] ? Number(given[name]) : null;
  return given;
}

// What a form held when the page came: only what differs is a change of the day.
function changed(form) {
  const given = said(form);
  const kept = JSON.parse(form.dataset.kept);
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== kept[name]));
}

for (const form of document.querySelectorAll("[data-on][data-keep]")) {
  form.reset(); // a browser that loads a page again fills in what was typed before
  form.dataset.kept = JSON.stringify(said(form));
}

on("[data-keep]", "submit", (form, event) => {
  event.preventDefault();
  const { keep, id, on: day } = form.dataset;
  if (day) return change(keep, { on: day, ...(form.closest("details") ? changed(form) : said(form)) }, { note: "Planned." });
  change(keep, { id, ...said(form) }, { note: id ? "Changed." : "Kept.", focus: id ? `#${id} summary` : "h1" });
});

on("[data-move]", "click", ({ id, dataset }) =>
  change("move_ask", { id: dataset.move, place: Number(dataset.place) }, { note: "Moved.", focus: `#${id}` }));

on("[data-take]", "click", ({ dataset }) =>
  change("ask", { text: dataset.take, round: dataset.round }, { note: "Kept.", focus: "h1" }));

on("[data-remove]", "click", ({ dataset }) => {
  $("#sure-what").textContent = dataset.what;
  const { remove, id, on: day } = dataset;
  ask($("#sure"), () => change(remove, day ? { on: day } : { id }, { note: "Removed.", focus: "h1" }));
});

on("[data-hold]", "click", ({ dataset }) => carryOut(() => begin(link, { day: dataset.hold })));

tellAfter();
