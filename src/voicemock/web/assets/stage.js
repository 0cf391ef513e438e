// What is shown of an answer while it is given: the question, the clock, who has the floor, what was said.

const WARN_S = [60, 30]; // before the cap: the clock changes its look
const LAG_S = 2;
const DRAW_MS = 80; // between two levels: each is painted on the thread that sends the sound
const two = (number) => String(number).padStart(2, "0");
const clockOf = (seconds) => {
  const whole = Math.floor(seconds + 1e-6);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};
const $ = (selector) => document.querySelector(selector);
// An element that is given the text it has is laid out and painted all the same.
const put = (selector, text) => $(selector).textContent !== text && ($(selector).textContent = text);
const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

const FLOOR = {
  interviewer: ["◆", "The interviewer is speaking; the clock is paused"],
  trouble: ["✕", "No sound from the microphone"],
  speaking: ["●", "You have the floor"],
  silent: ["○", "You have the floor, silent"],
  thinking: ["○", "Time to think; the clock has not started"],
  closing: ["○", "Your answer is over, unless you go on"],
  over: ["■", ""],
};

export class Stage {
  loudest = 0; // level since the last that was drawn
  drawn = 0;

  question({ place, about, text, exhibit }) {
    $("#asked-about").textContent = `${place} · ${about}`;
    $("#asked-text").textContent = text;
    $("#said").replaceChildren();
    $("#exhibit").hidden = !exhibit;
    $("#exhibit").innerHTML = exhibit ?? ""; // made by the server, which escapes what a pack holds
    this.cap = 0;
    this.marks = "";
    this.rating(false);
    this.asks([]);
    this.latest = 0; // seconds of the answer: of what was told last
    this.meter({ floor_time_s: 0, cap_s: this.cap, interviewer_speaks: true });
    this.floor("interviewer");
  }

  meter(meter) {
    put("#clock", clockOf(meter.floor_time_s));
    if (meter.cap_s && (meter.cap_s !== this.cap || String(meter.marks) !== this.marks)) this.setCap(meter.cap_s, meter.marks);
    const share = meter.cap_s ? Math.min(1, meter.floor_time_s / meter.cap_s) : 0;
    $("#run").style.strokeDashoffset = String(Math.round(1000 - 1000 * share));
    const left = meter.cap_s - meter.floor_time_s;
    $("#room").classList.toggle("late", left <= WARN_S[0] && left > WARN_S[1]);
    $("#room").classList.toggle("last", Boolean(meter.cap_s) && left <= WARN_S[1]);
    this.floor(floorOf(meter));
    this.note(noticeOf(meter), Boolean(meter.trouble) || is(meter.countdown_s) || is(meter.closing_s));
  }

  // `marks` are the times of the warnings, wherever the candidate wants them.
  setCap(cap, marks) {
    this.cap = cap;
    this.marks = String(marks);
    $("#cap").textContent = `of ${clockOf(cap)}`;
    $("#ticks").replaceChildren(...marks.filter((at) => at < cap).map((at) => tick(at / cap)));
  }

  // The candidate's own mark is asked for, once the answer is over.
  rating(asked) {
    $("#rating").hidden = !asked;
    $("#keys").hidden = asked;
    if (asked) this.note("Say it, or choose. The score comes afterwards.");
  }

  // Beside the clock: red is for what ends or stops the answer.
  note(text, urgent = false) {
    put("#notice", text);
    $("#notice").classList.toggle("urgent", urgent);
  }

  floor(kind, words) {
    if (kind === this.kind && !words) return;
    this.kind = kind;
    const [sign, usual] = FLOOR[kind];
    $("#room").dataset.floor = kind;
    $("#floor .sign").textContent = sign;
    $("#floor .words").textContent = words ?? usual;
  }

  level(value, state) {
    this.loudest = Math.max(this.loudest, value);
    if (performance.now() - this.drawn < DRAW_MS) return;
    const bar = state === "asking" ? $("#level") : $("#check-level");
    bar.firstElementChild.style.transform = `scaleX(${this.loudest.toFixed(2)})`;
    if (state !== "asking") bar.setAttribute("aria-valuenow", String(Math.round(this.loudest * 100)));
    this.drawn = performance.now();
    this.loudest = 0;
  }

  // What is told in the middle of a sentence stands above it: times never run backwards.
  event(event, say) {
    this.show(event, say);
    if (event.type !== "utterance" && event.t > this.latest) this.latest = event.t;
  }

  // `say` is for what a screen reader should tell at once; the words of either side are heard already.
  show(event, say) {
    switch (event.type) {
      case "utterance":
        return this.add(Math.max(event.start, this.latest), event.text, "you");
      case "interrupt":
        return this.add(event.t, event.question, "interviewer", "The interviewer cuts in");
      case "probe":
      case "follow_up":
        return this.add(event.t, event.question, "interviewer", "Interviewer");
      case "says":
        this.rating(event.line === "rate");
        if (event.line === "rate") this.floor("silent", "Your own mark first");
        return this.add(event.t, event.text, "interviewer", "Interviewer");
      case "asks":
        if (event.new.length) say(`Asked: ${event.new.join(" ")}`);
        return this.asks(event.asks);
      case "self_rating":
        this.rating(false);
        this.floor("over", event.text);
        this.note("");
        say(event.text);
        return this.add(null, event.text, "aside");
      case "talked_over":
        return this.add(event.t, "You took the floor", "aside");
      case "request":
      case "closing":
      case "warning":
      case "notice":
      case "device_lost":
      case "device_back":
      case "sound_lost":
        say(event.text);
        return this.add(event.t, event.text, "aside");
      case "answer_ended":
        say(event.text);
        this.floor("over", event.text);
        this.note("Writing it down and scoring …");
        return this.add(event.t, event.text, "aside");
    }
  }

  // What the candidate wanted to ask, ticked once it was asked.
  asks(list) {
    $("#asks").hidden = !list.length;
    $("#asks ul").replaceChildren(
      ...list.map(({ text, asked }) => {
        const line = make("li", asked ? "asked" : "");
        line.append(make("span", "tick-sign", asked ? "✓" : "○"), make("span", "", text));
        if (asked) line.append(make("span", "hidden-text", "asked"));
        return line;
      }),
    );
  }

  add(time, text, kind, who = "") {
    const list = $("#said");
    const box = list.parentElement;
    const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    const line = make("li", kind);
    const words = make("p", "", text);
    if (who) words.prepend(make("b", "who", who), " ");
    line.append(make("span", "at", time === null || time === undefined ? "" : clockOf(time)), words);
    list.append(line);
    if (follows) box.scrollTop = box.scrollHeight;
  }
}

const is = (value) => value !== null && value !== undefined;

function floorOf(meter) {
  if (is(meter.thinking_s)) return "thinking";
  if (is(meter.closing_s)) return "closing";
  if (meter.interviewer_speaks) return "interviewer";
  if (meter.trouble) return "trouble";
  return meter.speaking ? "speaking" : "silent";
}

function noticeOf(meter) {
  if (meter.trouble) return "The clock is paused until it is back";
  if (is(meter.thinking_s)) return `Think: ${clockOf(Math.ceil(meter.thinking_s))} until the clock runs; speak or press a key to begin`;
  if (is(meter.closing_s)) return `Keep talking or press a key within ${Math.ceil(meter.closing_s)} s to go on; d ends the answer now`;
  if (is(meter.countdown_s)) {
    return `Silence ends the answer in ${meter.countdown_s.toFixed(0)} s`;
  }
  return meter.lag_s > LAG_S ? `The text is ${meter.lag_s.toFixed(0)} s behind; nothing is lost` : "";
}

function tick(share) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  for (const [name, value] of Object.entries({ x1: 110, x2: 110, y1: 5, y2: 20, transform: `rotate(${360 * share} 110 110)` })) {
    line.setAttribute(name, value);
  }
  return line;
}
