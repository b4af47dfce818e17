// The one recovery path: fetch this page again and swap its regions in place, around what is being filled.

import { composingIn } from "./edits.js";
import { refreshMine } from "./mine.js";
import { morph } from "./morph.js";
import { aloud } from "./news.js";
import { forgetNow } from "./now.js";
import { forget, personalise } from "./page.js";
import { steady } from "./reading.js";

const CALM = 60000; // resets nearer than this wait longer each time
const SPREAD = 1000; // a hall does not come back as one

let running = false;
let lastAt = -Infinity;
let wait = 0;

/** Whether the page is being fetched anew: what it shows may be stale. */
export function isRefreshing() {
  return running;
}

/**
 * Fetch the page anew, once for all that ask. `done(numbers)` gets topic → number of the new content, or null
 * when the page is no longer open to this reader (session over, object withdrawn).
 */
export function refresh(done) {
  if (running) return;
  running = true;
  wait = Date.now() - lastAt < CALM ? Math.min(30000, wait * 2 || 1000) : 0;
  setTimeout(() => attempt(done), wait + Math.random() * SPREAD);
}

async function attempt(done) {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store", credentials: "same-origin" });
    if (response.status >= 500) throw new Error(String(response.status));
    const copy = new DOMParser().parseFromString(await response.text(), "text/html");
    whenCalm(() => {
      const isOurs = response.ok && numbers(copy).size > 0;
      if (isOurs) swap(copy);
      lastAt = Date.now();
      running = false;
      done(isOurs ? numbers(copy) : null);
    }, () => attempt(done));
  } catch {
    wait = Math.min(30000, wait * 2 || 1000);
    setTimeout(() => attempt(done), wait + Math.random() * SPREAD);
  }
}

/** Run now, or fetch again once the composition under way is over: the copy would be old by then. */
function whenCalm(run, again) {
  if (composingIn(document)) document.addEventListener("compositionend", () => setTimeout(again, 50), { once: true });
  else run();
}

function swap(copy) {
  forget();
  forgetNow();
  refreshMine(copy);
  personalise(copy);
  aloud(() =>
    steady(() => {
      for (const [region, fresh] of pairs(copy)) morph(region, document.importNode(fresh, true));
    }),
  );
}

/** The regions here and in the copy, by id (a region inside another goes with it); a `main` without any goes whole. */
function pairs(copy) {
  const regions = [...document.querySelectorAll("[data-region][id]")];
  const outer = regions.filter((region) => !region.parentElement.closest("[data-region][id]"));
  const found = outer.map((region) => [region, copy.getElementById(region.id)]);
  if (!outer.some((region) => region.closest("main"))) found.push([document.querySelector("main"), copy.querySelector("main")]);
  return found.filter((pair) => pair.every(Boolean));
}

/** Topic → the smallest number printed for it. */
export function numbers(root) {
  const found = new Map();
  for (const element of root.querySelectorAll("[data-topic]")) {
    const { topic, seq } = element.dataset;
    const number = seq === undefined || seq === "" ? null : Number(seq);
    const known = found.get(topic);
    if (known === undefined || known === null || (number !== null && number < known)) found.set(topic, number);
  }
  return found;
}
