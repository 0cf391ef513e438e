// The WebSocket of the room, which lies in a worker: to the page it looks like one, and the microphone is connected to it.

import { root } from "./link.js";

class Socket extends EventTarget {
  readyState = WebSocket.CONNECTING;
  #worker;

  constructor(worker, address) {
    super();
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#take(data);
    worker.postMessage({ do: "connect", address });
  }

  send(text) {
    this.#worker.postMessage({ do: "send", text });
  }

  close() {
    this.readyState = WebSocket.CLOSED;
    this.#worker.terminate(); // and its connection at once: a page that is put aside has no time for more
  }

  #take({ is, data, code, reason }) {
    if (is === "open") this.readyState = WebSocket.OPEN;
    if (is === "close") this.readyState = WebSocket.CLOSED;
    if (is === "message") this.dispatchEvent(new MessageEvent("message", { data }));
    else this.dispatchEvent(is === "close" ? new CloseEvent("close", { code, reason }) : new Event(is));
  }
}

export class Line {
  #worker = new Worker(`${root}assets/line-worker.js`);

  connect(address) {
    return new Socket(this.#worker, address);
  }

  // From now on the blocks that come out of `port` are the microphone's.
  listen(port) {
    this.#worker.postMessage({ do: "listen", port }, [port]);
  }

  want(blocks) {
    this.#worker.postMessage({ do: "want", blocks });
  }

  again() {
    this.#worker.postMessage({ do: "again" });
  }
}
