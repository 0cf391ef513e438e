// Beside the page: its one WebSocket, and the microphone's blocks on their way into it. Whatever the page draws
// meanwhile, they don't wait for it: where recogniser and voice keep the processor busy that took up to 0.4 s.

const KEPT_BLOCKS = 250; // 5 s, while there is no connection; what is older becomes silence
const SENT_BLOCKS = 50; // the last second, which may be on its way when a connection breaks
const FULL_BYTES = 1 << 18; // waiting in the socket: nobody reads at the other end

let socket = null;
let entered = false; // whether the other end takes blocks on this connection
let wanted = false;
let kept = [];
let sent = [];

const DO = {
  connect({ address }) {
    entered = false;
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => postMessage({ is: "open" });
    socket.onmessage = ({ data }) => postMessage({ is: "message", data }, data instanceof ArrayBuffer ? [data] : []);
    socket.onclose = ({ code, reason }) => postMessage({ is: "close", code, reason });
  },
  send({ text }) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(text);
  },
  // From now on blocks come from this microphone.
  listen({ port }) {
    kept = [];
    sent = [];
    port.onmessage = ({ data }) => hear(data);
  },
  want({ blocks }) {
    wanted = blocks;
    if (wanted) return;
    kept = [];
    sent = [];
  },
  // The connection is there again: what was on its way when it broke goes once more, and whatever came is known by
  // its number and left out.
  again() {
    entered = true;
    kept = [...sent, ...kept];
    sent = [];
  },
};

onmessage = ({ data }) => DO[data.do](data);

function hear(block) {
  if (!wanted) return;
  kept.push(block);
  while (kept.length && goes(kept[0])) sent.push(kept.shift());
  if (sent.length > SENT_BLOCKS) sent = sent.slice(-SENT_BLOCKS);
  if (kept.length > KEPT_BLOCKS) kept.shift();
}

function goes(block) {
  if (!entered || socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > FULL_BYTES) return false;
  socket.send(block);
  return true;
}
