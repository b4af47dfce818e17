// One websocket per page: follows, beats, notices a dead connection and comes back by itself.

const BEAT = 25000; // and up to 10 s more, so that a hall does not beat as one
const ANSWER = 8000;
const OPENING = 10000;
const TOO_FAST = 4429; // the server asks to wait before coming back

/** A wait different for everyone: up to 4 s at first, so that a hall does not come back as one, and later up to 15. */
function wait(attempt) {
  return 250 + Math.random() * Math.min(14750, 3750 * 2 ** attempt);
}

/**
 * Open the connection and keep it. `follows()` gives the `follow` frames of now: sent on opening and at each
 * beat. `onFrame(frame)`, `onOpen()` and `onLost()` tell the page.
 */
export function connect({ follows, onFrame, onOpen, onLost }) {
  let socket = null;
  let attempt = 0;
  let heard = 0;
  let heardAt = -Infinity;
  const timers = {};

  function later(name, delay, run) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(run, delay);
  }

  function open() {
    clearTimeout(timers.retry);
    if (socket) return;
    let mine;
    try {
      mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
    } catch {
      later("retry", wait(attempt++), open); // forbidden here: acts go by HTTP
      return;
    }
    socket = mine;
    mine.onopen = () => {
      clearTimeout(timers.opening);
      beat();
      onOpen();
    };
    mine.onmessage = (message) => mine === socket && hear(message.data);
    mine.onerror = () => drop(mine);
    mine.onclose = ({ code }) => {
      if (code === TOO_FAST) attempt = Math.max(attempt, 3);
      drop(mine);
    };
    later("opening", OPENING, () => drop(mine));
  }

  function hear(text) {
    heard += 1;
    heardAt = Date.now();
    attempt = 0;
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    onFrame(frame);
  }

  /** Leave a socket at once, without waiting for the closing words of a peer that may be gone. */
  function drop(mine, comeBack = true) {
    if (!mine || mine !== socket) return;
    mine.onopen = mine.onmessage = mine.onclose = mine.onerror = null;
    socket = null;
    Object.values(timers).forEach(clearTimeout);
    mine.close();
    if (comeBack) later("retry", wait(attempt++), open);
    onLost();
  }

  function beat() {
    if (!isOpen()) return;
    const before = heard;
    const mine = socket;
    const frames = follows();
    frames.forEach(send);
    later("beat", BEAT + Math.random() * 10000, beat);
    if (frames.length) later("answer", ANSWER, () => heard === before && drop(mine));
  }

  function isOpen() {
    return socket !== null && socket.readyState === WebSocket.OPEN;
  }

  function send(frame) {
    if (!isOpen()) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  /** Something changed (network, tab shown): look at once instead of waiting. */
  function wake() {
    if (isOpen()) beat();
    else if (!socket) open();
  }

  addEventListener("online", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  addEventListener("pagehide", () => drop(socket, false));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  open();
  return { send, isOpen, heardAt: () => heardAt };
}
