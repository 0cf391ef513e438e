// The good answer read aloud, sentence by sentence: the one that is spoken is marked, the next one is fetched ahead.

import { root } from "./link.js";

const button = document.querySelector("#play");
const state = document.querySelector("#play-state");
const lines = [...document.querySelectorAll("#good [data-sentence]")];
const player = new Audio();
let run = 0; // which playing this is: what was fetched for an earlier one is dropped

async function fetched(number) {
  const reply = await fetch(`${root}spoken/${button.dataset.questionId}/${number}.wav`);
  if (!reply.ok) throw new Error("The voice could not be heard; `voicemock doctor` says why.");
  return URL.createObjectURL(await reply.blob());
}

function mark(number) {
  for (const line of lines) line.classList.toggle("now", Number(line.dataset.sentence) === number);
  lines[number]?.scrollIntoView({ block: "nearest" });
}

function stop(text = "") {
  run += 1;
  player.pause();
  mark(-1);
  button.textContent = "Hear it";
  state.textContent = text;
}

async function play(first) {
  stop();
  const mine = run;
  button.textContent = "Stop";
  state.textContent = "Getting the voice ready …";
  try {
    let coming = fetched(first);
    for (let number = first; number < lines.length && run === mine; number += 1) {
      const sound = await coming;
      if (run !== mine) return;
      if (number + 1 < lines.length) {
        coming = fetched(number + 1);
        coming.catch(() => {}); // told when it is waited for
      }
      state.textContent = "";
      mark(number);
      await played(sound, mine);
    }
    if (run === mine) stop();
  } catch (error) {
    if (run === mine) stop(error.message);
  }
}

function played(sound, mine) {
  player.src = sound;
  return new Promise((resolve, reject) => {
    const end = (settle) => (event) => {
      URL.revokeObjectURL(sound);
      settle(event);
    };
    player.onended = end(resolve);
    player.onerror = end(() => reject(new Error("This browser can't play it.")));
    player.onpause = () => run !== mine && end(resolve)();
    player.play().catch(() => run === mine && reject(new Error("This browser can't play it.")));
  });
}

button.addEventListener("click", () => (button.textContent === "Stop" ? stop() : play(0)));
addEventListener("pagehide", () => stop());
addEventListener("keydown", (event) => event.key === "Escape" && stop());
