// « 3 nouvelles propositions »: what would shift the reading waits behind a button.

import { fill, word } from "./words.js";

const containers = new Map(); // container → { items: Map(id → {element, show}), bar, button }

/** Say something to screen readers without moving anyone. */
export function announce(text) {
  let region = document.getElementById("live-status");
  if (!region) {
    region = document.createElement("p");
    region.id = "live-status";
    region.className = "vh";
    region.setAttribute("role", "status");
    region.dataset.own = "";
    document.body.append(region);
  }
  if (region.textContent !== text) region.textContent = text;
}

/** Do something to the page, then say aloud what is new: the `[data-says]` that did not say the same before. */
export function aloud(run) {
  const before = sayings();
  run();
  const fresh = [...sayings()].filter(([id, words]) => words && before.get(id) !== words);
  if (fresh.length) announce([...new Set(fresh.map(([, words]) => words))].join(" "));
}

function sayings() {
  return new Map([...document.querySelectorAll("[data-says]")].map((one) => [one.id, one.dataset.says]));
}

/** Whether something already waits for this container, so that what follows waits behind it. */
export function held(container) {
  return containers.has(container);
}

/** Keep an element back; `show` puts it into its container. A newer version takes the older one's place. */
export function hold(container, element, show) {
  if (!containers.has(container)) containers.set(container, { items: new Map(), ...barFor(container, element) });
  containers.get(container).items.set(element.id, { element, show });
  count(container);
}

/** Something held was removed before anyone saw it, or now belongs in the container `except`. */
export function withdraw(id, except = null) {
  for (const [container, { items }] of [...containers]) {
    if (container !== except && items.delete(id)) count(container);
  }
}

/** Drop everything held. */
export function forgetNews() {
  for (const container of [...containers.keys()]) close(container);
}

/** The place for the button: the page's own `[data-news]`, or a bar beside the container. */
function barFor(container, element) {
  let bar = document.querySelector(`[data-news="${CSS.escape(container.id)}"]`);
  const made = !bar;
  if (made) {
    bar = document.createElement("div");
    bar.className = "nouveautes nouveautes--flottante";
    if (element.dataset.at === "start") container.before(bar);
    else container.after(bar);
  }
  bar.hidden = false;
  bar.dataset.own = "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.addEventListener("click", () => open(container));
  bar.append(button);
  return { bar, button, made };
}

function count(container) {
  const { items, button } = containers.get(container);
  if (!items.size) {
    close(container);
    return;
  }
  const many = items.size > 1 ? "many" : "one";
  const sentence = container.getAttribute(`data-hold-${many}`);
  const text = sentence ? fill(sentence, { count: items.size }) : word(`news_${many}`, { count: items.size });
  if (button.textContent !== text) button.textContent = text;
  announce(text);
}

/** The reader asked: show everything and go to the first of it. */
function open(container) {
  const { items } = containers.get(container);
  close(container);
  const shown = [...items.values()];
  for (const { show } of shown) show();
  const atStart = shown[0].element.dataset.at === "start";
  const first = shown[atStart ? shown.length - 1 : 0].element;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
}

function close(container) {
  const { bar, button, made } = containers.get(container);
  containers.delete(container);
  if (made) bar.remove();
  else button.remove();
  bar.hidden = true;
  announce("");
}
