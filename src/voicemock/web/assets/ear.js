// The microphone: asked for, opened, opened again when it comes back, and its sound as blocks.

import { root } from "./link.js";

const RATE = 16000;
const HEADER = 16; // bytes of a block before its samples
const LOUD = 0.25; // root mean square of a voice close to the microphone: the meter's full scale

export const WHY = {
  NotAllowedError: ["The browser may not use the microphone", "Allow it beside the address, then try again."],
  NotFoundError: ["There is no microphone", "Plug one in, then try again."],
  NotReadableError: ["The microphone can't be opened", "Another program may have it: close that, then try again."],
  OverconstrainedError: ["That microphone is gone", "Choose another."],
};

export class Ear extends EventTarget {
  #line;
  #recording = null;

  // Its blocks go to `line`, which knows whether they are wanted.
  constructor(line) {
    super();
    this.#line = line;
  }

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
    node.port.onmessage = ({ data }) => this.#take(new Int16Array(data, HEADER));
    const { port1, port2 } = new MessageChannel();
    node.port.postMessage(port1, [port1]);
    this.#line.listen(port2);
    source.connect(node);
    // after the sleep of a laptop, or a call on the same machine
    this.context.onstatechange = () => this.live && this.context.state !== "running" && this.context.resume();
    await this.context.resume();
  }

  close() {
    this.media?.getTracks().forEach((track) => track.stop());
    this.context?.close();
    this.track = this.media = this.context = null;
  }

  async resume() {
    await this.context?.resume();
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

  #take(samples) {
    if (this.#recording) this.#keepRecording(samples);
    this.#tell("level", level(samples));
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
