// A file or pasted text to be scored: sent in parts over a socket of its own, the score shown below.

import { root } from "./link.js";

const PART = 1 << 15;
const FULL_BYTES = 1 << 20; // waiting in the socket, then the next part waits too
const form = document.querySelector("#score");
const trouble = document.querySelector("#trouble");
const state = document.querySelector("#state");
const scored = document.querySelector("#file-scored");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("#send");
  trouble.hidden = true;
  scored.hidden = true;
  button.disabled = true;
  try {
    show(await send(wanted()));
  } catch (error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }
  state.textContent = "";
  button.disabled = false;
});

function wanted() {
  const { file, pasted, duration_s: seconds, keep, ...said } = Object.fromEntries(new FormData(form));
  const content = file.size ? file : new Blob([pasted]);
  const name = file.size ? file.name : "pasted.txt";
  const duration = seconds ? Number(seconds) : null;
  return { content, said: { ...said, name, size: content.size, keep: keep === "on", duration_s: duration } };
}

function send({ content, said }) {
  const socket = new WebSocket(`ws://${location.host}${root}upload`);
  return new Promise((resolve, reject) => {
    socket.onopen = () => pour(socket, content, said).catch(reject);
    socket.onmessage = ({ data }) => {
      const { value, error } = JSON.parse(data);
      if (error) reject(new Error(`${error.problem}${error.next_step ? `: ${error.next_step}` : ""}.`));
      else resolve(value);
    };
    socket.onclose = () => reject(new Error("The connection was lost: try it once more."));
  });
}

async function pour(socket, content, said) {
  socket.send(JSON.stringify(said));
  for (let at = 0; at < content.size && socket.readyState === WebSocket.OPEN; at += PART) {
    state.textContent = `Sending, ${Math.round((100 * at) / content.size)} % …`;
    socket.send(await content.slice(at, at + PART).arrayBuffer());
    while (socket.bufferedAmount > FULL_BYTES) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  state.textContent = "Reading and scoring …";
}

function show({ kept, page }) {
  if (kept) return location.assign(`${root}review/${kept}`);
  scored.innerHTML = page;
  for (const button of scored.querySelectorAll("[data-seek]")) {
    const time = Object.assign(document.createElement("span"), { className: "at", textContent: button.textContent });
    button.replaceWith(time); // there is no recording to play from
  }
  scored.hidden = false;
  scored.focus();
}
