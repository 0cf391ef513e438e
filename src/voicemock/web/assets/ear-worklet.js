// Cuts the microphone's sound into blocks of 20 ms at 16 kHz, each with its number (see voicemock/web/blocks.py).

const BLOCK = 320;
const HEADER = 16;
const RATE = 16000;
const TAPS = 10; // on each side, in samples of the lower rate, where the browser gives no 16 kHz

class Ear extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.stream = processorOptions.stream;
    this.number = 0;
    this.filled = 0;
    this.block = new Float32Array(BLOCK);
    this.step = sampleRate / RATE;
    this.taps = Math.ceil(TAPS * Math.max(1, this.step));
    this.past = new Float32Array(2 * this.taps + 2);
    this.at = 0; // where the next sample lies, from the newest of the past
    this.port.onmessage = ({ data }) => (this.line = data); // where blocks go without a stop in the page
  }

  process([[channel]]) {
    if (!channel) return true; // the microphone is gone: the page hears of it
    if (this.step === 1) for (const sample of channel) this.push(sample);
    else for (const sample of channel) this.resample(sample);
    return true;
  }

  // Band-limited interpolation: a windowed sinc that cuts at half of the lower rate.
  resample(sample) {
    this.past.copyWithin(0, 1);
    this.past[this.past.length - 1] = sample;
    this.at -= 1;
    const cut = Math.min(1, 1 / this.step);
    while (this.at <= 0) {
      let sum = 0;
      for (let tap = -this.taps; tap <= this.taps; tap++) {
        const x = tap - this.at;
        const shape = 0.5 + 0.5 * Math.cos((Math.PI * x) / (this.taps + 1));
        const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
        sum += this.past[this.taps + 1 + tap] * sinc * shape;
      }
      this.push(sum);
      this.at += this.step;
    }
  }

  push(sample) {
    this.block[this.filled++] = sample;
    if (this.filled === BLOCK) this.send();
  }

  send() {
    const message = new ArrayBuffer(HEADER + 2 * BLOCK);
    const view = new DataView(message);
    view.setUint32(0, this.stream, true);
    view.setUint32(4, this.number++, true);
    view.setFloat64(8, Date.now(), true);
    for (let i = 0; i < BLOCK; i++) {
      const scaled = Math.round(this.block[i] * 32768);
      view.setInt16(HEADER + 2 * i, Math.max(-32768, Math.min(32767, scaled)), true);
    }
    this.filled = 0;
    this.line?.postMessage(message);
    this.port.postMessage(message, [message]); // for the level
  }
}

registerProcessor("ear", Ear);
