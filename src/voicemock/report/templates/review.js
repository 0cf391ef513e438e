"use strict";
(() => {
  const STEP_S = 5;
  const SPEEDS = [1, 1.25, 1.5, 0.75];
  const two = (n) => String(n).padStart(2, "0");
  const clock = (s) => {
    const [h, m, rest] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, Math.floor(s % 60)];
    return h ? `${h}:${two(m)}:${two(rest)}` : `${m}:${two(rest)}`;
  };

  class Player {
    constructor(article) {
      this.article = article;
      this.audio = article.querySelector("audio");
      this.button = article.querySelector(".play");
      this.speedButton = article.querySelector(".speed");
      this.slider = article.querySelector(".seek");
      this.head = article.querySelector(".head");
      this.clock = article.querySelector(".clock .now");
      this.words = [...article.querySelectorAll(".w[data-t]")];
      this.starts = this.words.map((word) => Number(word.dataset.t));
      this.sentences = [...article.querySelectorAll(".sentence[data-t]")];
      this.sentenceStarts = this.sentences.map((sentence) => Number(sentence.dataset.t));
      this.length = this.slider ? Number(this.slider.dataset.length) : 0;
      this.audio.addEventListener("play", () => this.playing());
      this.audio.addEventListener("pause", () => this.pressed(false));
      this.audio.addEventListener("timeupdate", () => this.show());
      this.audio.addEventListener("seeked", () => this.show());
      this.button.addEventListener("click", () => this.toggle());
      this.speedButton.addEventListener("click", () => this.nextSpeed());
      article.addEventListener("click", (event) => this.clicked(event));
    }

    // The sound is unpacked when it is first wanted: a page may hold an hour of it.
    load() {
      if (this.audio.src) return;
      if (this.audio.dataset.src) {
        this.audio.src = this.audio.dataset.src;
        return;
      }
      const bytes = Uint8Array.from(atob(this.article.querySelector(".sound").textContent), (c) => c.charCodeAt(0));
      this.audio.src = URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" }));
    }

    toggle() {
      if (!this.audio.paused) return this.audio.pause();
      this.load();
      // Paused again before the first sample came: nothing went wrong.
      return this.audio.play().catch((error) => {
        if (error.name !== "AbortError") throw error;
      });
    }

    seek(time) {
      this.load();
      const until = this.audio.duration || this.length;
      this.audio.currentTime = Math.min(Math.max(0, time), until);
      this.show();
    }

    clicked(event) {
      current = this;
      const word = event.target.closest(".w[data-t]");
      const jump = event.target.closest("[data-seek]");
      if (word) this.seek(Number(word.dataset.t));
      else if (jump) this.seek(Number(jump.dataset.seek));
      else if (event.target.closest(".seek")) {
        const box = this.slider.getBoundingClientRect();
        this.seek(((event.clientX - box.left) / box.width) * this.length);
        return;
      } else return;
      if (this.audio.paused && !getSelection().toString()) this.toggle();
    }

    playing() {
      players.forEach((other) => other !== this && other.audio.pause());
      this.pressed(true);
      const frame = () => {
        this.show();
        if (!this.audio.paused) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }

    pressed(on) {
      this.button.setAttribute("aria-pressed", String(on));
      this.button.setAttribute("aria-label", this.button.getAttribute("aria-label").replace(/^\w+/, on ? "Pause" : "Play"));
    }

    nextSpeed() {
      const next = SPEEDS[(SPEEDS.indexOf(this.audio.playbackRate) + 1) % SPEEDS.length];
      this.load();
      this.audio.playbackRate = this.audio.defaultPlaybackRate = next;
      this.speedButton.textContent = `${next}×`;
    }

    show() {
      const time = this.audio.currentTime;
      this.clock.textContent = clock(time);
      if (this.slider) this.place(time);
      const at = lastBefore(this.starts, time);
      const word = at >= 0 && time < Number(this.words[at].dataset.e) + 0.25 ? this.words[at] : null;
      if (word !== this.word) {
        this.word?.classList.remove("now");
        word?.classList.add("now");
        this.word = word;
      }
      this.follow(this.sentences[lastBefore(this.sentenceStarts, time)]);
    }

    place(time) {
      const x = `${Math.min(100, (time / this.length) * 100)}%`;
      this.head.setAttribute("x1", x);
      this.head.setAttribute("x2", x);
      this.slider.setAttribute("aria-valuenow", String(Math.round(time)));
      this.slider.setAttribute("aria-valuetext", clock(time));
    }

    // The page moves along only for someone who is reading along.
    follow(sentence) {
      if (sentence === this.sentence) return;
      const reading = this.sentence && inView(this.sentence);
      this.sentence?.classList.remove("now");
      sentence?.classList.add("now");
      this.sentence = sentence;
      if (reading && sentence && !this.audio.paused) sentence.scrollIntoView({ block: "nearest" });
    }

    jump(by) {
      const at = Math.max(0, lastBefore(this.sentenceStarts, this.audio.currentTime) + by);
      if (at >= this.sentences.length) return;
      this.seek(this.sentenceStarts[at]);
      this.sentences[at].scrollIntoView({ block: "nearest" });
    }
  }

  function lastBefore(times, time) {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time + 0.001) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function inView(element) {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  const articles = [...document.querySelectorAll(".answer")].filter((article) => article.querySelector("audio"));
  const players = articles.map((article) => new Player(article));
  let current = null;

  // The answer that keys mean: the one playing or used last, else the one on the screen.
  const chosen = () => (current && inView(current.article) ? current : players.find((p) => inView(p.article)) || players[0]);

  const KEYS = {
    " ": (player) => player.toggle(),
    ArrowLeft: (player) => player.seek(player.audio.currentTime - STEP_S),
    ArrowRight: (player) => player.seek(player.audio.currentTime + STEP_S),
    j: (player) => player.jump(1),
    k: (player) => player.jump(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    if (event.key === " " && event.target.closest("button, summary, a")) return;
    const player = chosen();
    if (!player) return;
    event.preventDefault();
    current = player;
    KEYS[event.key](player);
  });

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
})();
