// The interviewer's voice: one line at a time, cut off within a few milliseconds when it must be.

const FADE_S = 0.012; // a sound that stops at once clicks

export class Mouth extends EventTarget {
  // Call it in a click where possible: browsers play nothing before.
  async open() {
    this.context ??= new AudioContext();
    if (this.context.state === "running") return true;
    // `resume` never settles where the browser waits for a click
    await Promise.race([this.context.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
    return this.context.state === "running";
  }

  // A message of the server: the line's number, its rate, its samples.
  async line(message) {
    const view = new DataView(message);
    const number = view.getUint32(0, true);
    const running = await this.open();
    this.dispatchEvent(new CustomEvent("blocked", { detail: !running }));
    if (!running) return;
    if (this.current) this.hush(this.current.number); // after a broken connection the rest is sent once more
    const node = this.play(new Int16Array(message, 8), view.getUint32(4, true));
    this.current = { number, node };
    const latency = (this.context.outputLatency || 0) + (this.context.baseLatency || 0);
    this.dispatchEvent(new CustomEvent("playing", { detail: { line: number, latency_s: latency } }));
    node.source.onended = () => {
      if (this.current?.node !== node) return; // it was cut off
      this.current = null;
      this.dispatchEvent(new CustomEvent("played", { detail: { line: number } }));
    };
  }

  play(samples, rate) {
    const buffer = this.context.createBuffer(1, Math.max(1, samples.length), rate);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32768;
    const source = new AudioBufferSourceNode(this.context, { buffer });
    const gain = new GainNode(this.context);
    source.connect(gain).connect(this.context.destination);
    source.start();
    return { source, gain };
  }

  hush(number) {
    if (this.current?.number !== number) return;
    const { source, gain } = this.current.node;
    const now = this.context.currentTime;
    gain.gain.setTargetAtTime(0, now, FADE_S / 4);
    source.stop(now + FADE_S);
    this.current = null;
  }
}
