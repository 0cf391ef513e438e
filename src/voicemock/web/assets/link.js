// The one connection to voicemock: calls with answers, messages both ways, and sound. It comes back by itself.

export const root = new URL("..", import.meta.url).pathname;

const RETRY_MS = [200, 500, 1000, 2000];

export class Refused extends Error {
  constructor({ problem, next_step: nextStep }) {
    super(problem);
    this.nextStep = nextStep;
  }
}

export class Link extends EventTarget {
  #calls = new Map();
  #last = 0;
  #tries = 0;
  #closed = false;
  #open;

  // `connect` gives a WebSocket, or what looks like one.
  constructor(connect = (address) => new WebSocket(address)) {
    super();
    this.#open = connect;
    this.#connect();
    // A page that is put aside by the back button would otherwise keep its place in the interview.
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  get open() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  // What is sent while there is no connection is gone.
  send(message) {
    if (this.open) this.socket.send(JSON.stringify(message));
  }

  async call(name, given = {}) {
    await this.#opened();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.send({ do: "call", id, name, with: given });
    });
  }

  close() {
    this.#closed = true;
    this.socket.close();
  }

  #opened() {
    if (this.open) return Promise.resolve();
    return new Promise((resolve) => this.addEventListener("open", resolve, { once: true }));
  }

  #connect() {
    this.socket = this.#open(`ws://${location.host}${root}live`);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("open", () => {
      this.#tries = 0;
      this.dispatchEvent(new Event("open"));
    });
    this.socket.addEventListener("message", ({ data }) => this.#take(data));
    this.socket.addEventListener("close", ({ code, reason }) => this.#lost(code, reason));
  }

  #take(data) {
    if (data instanceof ArrayBuffer) return this.#tell("sound", data);
    const message = JSON.parse(data);
    if (message.is !== "answer") return this.#tell(message.is, message);
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.error) call?.reject(new Refused(message.error));
    else call?.resolve(message.value);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async #lost(code, reason) {
    for (const call of this.#calls.values()) {
      call.reject(new Refused({ problem: "The connection was lost", next_step: "try it once more" }));
    }
    this.#calls.clear();
    if (this.#closed) return;
    if (this.#tries === 0) this.#tell("lost", { code, reason });
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]));
    const there = await this.#isThere();
    if (there === "anew") return this.#tell("anew");
    if (there === "gone") this.#tell("gone");
    if (!this.#closed) this.#connect();
  }

  async #isThere() {
    try {
      const reply = await fetch(`${root}alive`, { cache: "no-store" });
      return reply.ok ? "there" : "anew";
    } catch {
      return "gone";
    }
  }
}
