// The server's clock as this page knows it, and what counts down on it.

let offset = null;

/**
 * Learn from an instant the server wrote. It was written before it arrived, so the server is at least there:
 * of all that is learnt the greatest difference is the nearest to the truth.
 */
export function learn(instant) {
  const written = Date.parse(instant);
  if (!Number.isNaN(written)) offset = Math.max(offset === null ? -Infinity : offset, written - Date.now());
}

/** Milliseconds of the server's clock. */
export function serverNow() {
  return Date.now() + (offset || 0);
}

/** `754` → `12:34`, `3661` → `1:01:01`. */
function minutes(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${Math.floor((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest.padStart(5, "0")}` : rest;
}

/** Write what is left on every `[data-timer]` under `root`; silent for screen readers (role=timer, no live region). */
export function paintTimers(root) {
  for (const timer of root.querySelectorAll("[data-timer]")) {
    const end = Date.parse(timer.dataset.timer);
    const left = Number.isNaN(end) ? null : Math.max(0, Math.ceil((end - serverNow()) / 1000));
    const text = left === null ? "" : minutes(left);
    if (timer.textContent !== text) timer.textContent = text;
    (timer.closest(".minuteur") || timer).classList.toggle("minuteur--fin", left === 0);
  }
}

/** Start counting, from the instant at which the server wrote the page. */
export function startTimers() {
  learn(document.body.dataset.serverNow);
  paintTimers(document);
  setInterval(() => paintTimers(document), 250);
}
