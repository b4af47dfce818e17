// The mark that says whether what is on the screen is of now.

import { word } from "./words.js";

const FRESH = 45000;
const GRACE = 1000; // a blink of the network is not worth a word
const LONG = 10000;

const WORDS = { "a-jour": "fresh", reconnexion: "reconnecting", "hors-ligne": "offline" };

/** Keep every `[data-freshness]` true; `isLive()`: connected and whole; `heardAt()`: when the server last spoke. */
export function startFreshness({ isLive, isFollowing, heardAt }) {
  let liveAt = Date.now(); // the page itself has just come
  const look = () => {
    const now = Date.now();
    const live = isLive() && now - heardAt() < FRESH;
    if (live) liveAt = now;
    if (!isFollowing()) hide();
    else if (live || now - liveAt >= GRACE) show(live ? "a-jour" : navigator.onLine && now - liveAt < LONG ? "reconnexion" : "hors-ligne");
  };
  setInterval(look, 500);
  addEventListener("offline", look);
  return look;
}

/** Nothing here is followed any more; the regions say so themselves. */
function hide() {
  for (const mark of document.querySelectorAll("[data-freshness]")) mark.hidden = true;
}

/** The stylesheet shows the `[data-when]` of the state; a mark without them gets the words written. */
function show(state) {
  for (const mark of document.querySelectorAll("[data-freshness]")) {
    mark.hidden = false;
    if (mark.dataset.freshness === state) continue;
    mark.dataset.freshness = state;
    if (!mark.querySelector("[data-when]")) mark.textContent = word(WORDS[state]);
  }
}
