// What is the reader's own in fragments that are the same for everyone.

const ROOT = '[data-mine^="{"]';
const BUTTON = '[data-mine]:not([data-mine^="{"])';

/** The reader's number, "" when nobody is known. Every page follows its reader's own topic, few have a root of theirs. */
export function me() {
  const root = document.querySelector("[data-me]");
  const own = root || document.querySelector('[data-topic^="person:"]');
  if (!own) return "";
  return root ? root.dataset.me : own.dataset.topic.slice("person:".length);
}

function mine() {
  const root = document.querySelector(ROOT);
  try {
    return root ? JSON.parse(root.dataset.mine) : {};
  } catch {
    return {};
  }
}

/** Mark under `root` what the reader wrote and what the reader supports; a link takes a class, a button is pressed. */
export function markMine(root) {
  const reader = me();
  for (const element of root.querySelectorAll("[data-author]")) {
    element.classList.toggle("is-mine", reader !== "" && element.dataset.author === reader);
  }
  const map = mine();
  for (const button of root.querySelectorAll(BUTTON)) {
    const [kind, id] = button.dataset.mine.split(":");
    const isMine = (map[kind] || []).map(String).includes(id);
    if (button.tagName === "A") button.classList.toggle("is-mine", isMine);
    else button.setAttribute("aria-pressed", isMine);
  }
}

/** An act's answer tells the new lists of some kinds: `{"support": [3, 8]}`. */
export function learnMine(lists) {
  const root = document.querySelector(ROOT);
  if (!root) return;
  root.dataset.mine = JSON.stringify({ ...mine(), ...lists });
  markMine(document);
}

/** Take the reader's map and roles from a newer copy of this page. */
export function refreshMine(copy) {
  const [root, newer] = [document.querySelector(ROOT), copy.querySelector(ROOT)];
  if (root && newer) root.dataset.mine = newer.dataset.mine;
  const [here, there] = [document.querySelector("[data-me]"), copy.querySelector("[data-me]")];
  if (here && there) takeRoles(here, there);
  takeRoles(document.body, copy.body);
}

function takeRoles(here, there) {
  if (there.dataset.me !== undefined) here.dataset.me = there.dataset.me;
  for (const name of [...here.classList]) if (/^(role|me)-/.test(name)) here.classList.remove(name);
  for (const name of there.classList) if (/^(role|me)-/.test(name)) here.classList.add(name);
}
