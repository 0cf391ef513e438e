// The microphone: asked for, opened, opened again when it comes back, and its sound as blocks.

import { root } from "./link.js";

const RATE = 16000;
const KEPT_BLOCKS = 250; // 5 s, while there is no connection; what is older becomes silence
const SENT_BLOCKS = 50; // the last second, which may be on its way when a connection breaks
const LOUD = 0.25; // root mean square of a voice close to the microphone: the meter's full scale

export const WHY = {
  NotAllowedError: ["The browser may not use the microphone", "Allow it beside the address, then try again."],
  NotFoundError: ["There is no microphone", "Plug one in, then try again."],
  NotReadableError: ["The microphone can't be opened", "Another program may have it: close that, then try again."],
  OverconstrainedError: ["That microphone is gone", "Choose another."],
};

export class Ear extends EventTarget {
  #kept = [];
  #sent = [];
  #link = null;
  #recording = null;

  get live() {
    return this.track?.readyState === "live";
  }

  // Raises what getUserMedia raises.
  async open(device = "") {
    this.close();
    const wanted = { echoCancellation: true, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
    const media = await navigator.mediaDevices.getUserMedia({
      audio: device ? { ...wanted, deviceId: { exact: device } } : wanted,
    });
    this.track = media.getAudioTracks()[0];
    this.device = this.track.getSettings().deviceId ?? device;
    this.track.addEventListener("ended", () => this.#tell("gone"));
    this.media = media;
    await this.#listen();
  }

  async #listen() {
    this.context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    let source;
    try {
      source = this.context.createMediaStreamSource(this.media);
    } catch {
      this.context.close(); // a browser that gives the microphone at its own rate only
      this.context = new AudioContext({ latencyHint: "interactive" });
      source = this.context.createMediaStreamSource(this.media);
    }
    await this.context.audioWorklet.addModule(`${root}assets/ear-worklet.js`);
    const stream = crypto.getRandomValues(new Uint32Array(1))[0];
    const node = new AudioWorkletNode(this.context, "ear", { numberOfOutputs: 0, processorOptions: { stream } });
    node.port.onmessage = ({ data }) => this.#take(data);
    source.connect(node);
    // after the sleep of a laptop, or a call on the same machine
    this.context.onstatechange = () => this.live && this.context.state !== "running" && this.context.resume();
    await this.context.resume();
  }

  close() {
    this.media?.getTracks().forEach((track) => track.stop());
    this.context?.close();
    this.track = this.media = this.context = null;
    this.#kept = [];
    this.#sent = [];
  }

  async resume() {
    await this.context?.resume();
  }

  // From now on blocks go there; null: nobody wants them.
  sendTo(link) {
    this.#link = link;
    if (link) return;
    this.#kept = [];
    this.#sent = [];
  }

  // The connection is there again: what was on its way when it broke goes once more, and whatever came is known by
  // its number and left out.
  again() {
    this.#kept = [...this.#sent, ...this.#kept];
    this.#sent = [];
  }

  async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter((each) => each.kind === "audioinput" && each.deviceId !== "communications");
  }

  // The next `seconds` as one piece of sound.
  record(seconds) {
    return new Promise((resolve) => {
      this.#recording = { left: Math.round(seconds * 50), pieces: [], resolve };
    });
  }

  #take(message) {
    if (this.#link) this.#send(message); // first: whatever is drawn can wait
    const samples = new Int16Array(message, 16);
    if (this.#recording) this.#keepRecording(samples);
    this.#tell("level", level(samples));
  }

  #send(message) {
    this.#kept.push(message);
    while (this.#kept.length && this.#link.send(this.#kept[0])) this.#sent.push(this.#kept.shift());
    if (this.#sent.length > SENT_BLOCKS) this.#sent = this.#sent.slice(-SENT_BLOCKS);
    if (this.#kept.length > KEPT_BLOCKS) this.#kept.shift();
  }

  #keepRecording(samples) {
    const recording = this.#recording;
    recording.pieces.push(samples);
    if (--recording.left > 0) return;
    this.#recording = null;
    const whole = new Int16Array(recording.pieces.length * samples.length);
    recording.pieces.forEach((piece, i) => whole.set(piece, i * samples.length));
    recording.resolve(whole);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

// 0 to 1, as loud as it is heard.
function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(Math.min(1, Math.sqrt(sum / samples.length) / 32768 / LOUD));
}
