// Changes an element in place into a newer version of itself, around whatever is being filled.

import { edited, holds, isBusy, isField, untouchedIndex } from "./edits.js";

/** What was left as it is because someone is using it → what it should become (null: go away) once released. */
const kept = new Map();

/** Turn `old` into `fresh`; true when something changed. Nodes being filled are neither moved nor changed. */
export function morph(old, fresh) {
  for (const node of kept.keys()) if (old.contains(node)) kept.delete(node);
  return change(old, fresh);
}

/** Take an element away, or wait until nobody uses it. */
export function take(old) {
  return change(old, null);
}

/** Whether something was left as it is. */
export function isKept() {
  return kept.size > 0;
}

/** Do what was kept back, wherever people are done. */
export function release() {
  for (const [old, fresh] of [...kept]) {
    if (old.isConnected && holds(old)) continue;
    kept.delete(old);
    if (old.isConnected) change(old, fresh);
  }
}

function change(old, fresh) {
  if (fresh !== null && old.nodeName === fresh.nodeName) return element(old, fresh);
  if (holds(old)) {
    kept.set(old, fresh);
    return false;
  }
  const refuge = old.contains(document.activeElement) ? old.parentElement.closest("[id]") : null;
  if (fresh) old.replaceWith(fresh);
  else old.remove();
  if (refuge) rest(refuge);
  return true;
}

/** The button one was on is gone: the focus stays with what it was about, nothing scrolls. */
function rest(place) {
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function element(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data === fresh.data) return false;
    old.data = fresh.data;
    return true;
  }
  if (old.isEqualNode(fresh) || isOurs(old)) return false;
  if (isField(old) ? edited(old) : old.tagName === "FORM" && isBusy(old)) {
    kept.set(old, fresh);
    return false;
  }
  const changed = attributes(old, fresh);
  if (old.tagName === "TEXTAREA") return value(old, fresh) || changed;
  return [children(old, fresh), value(old, fresh), changed].includes(true);
}

/** What belongs to the page, not to the server's fragment: its keys, its states, what the script added. */
function isOurs(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.matches("[data-own],[data-freshness],[name=key],[name=csrfmiddlewaretoken]")) return true;
  return node.matches("[data-status]") && node.hasChildNodes();
}

function attributes(old, fresh) {
  let changed = false;
  const ours = (name) =>
    (name === "open" && /^(DETAILS|DIALOG)$/.test(old.tagName)) || (name === "tabindex" && old === document.activeElement);
  const running = old.classList.contains("change");
  if (running) fresh.classList.add("change");
  for (const { name, value: text } of [...fresh.attributes]) {
    if (ours(name) || old.getAttribute(name) === text) continue;
    old.setAttribute(name, text);
    changed = true;
  }
  for (const { name } of [...old.attributes]) {
    if (ours(name) || fresh.hasAttribute(name)) continue;
    old.removeAttribute(name);
    changed = true;
  }
  return changed;
}

/** Give an untouched field the value the server gives it now. */
function value(old, fresh) {
  if (!isField(old)) return false;
  if (old.tagName === "SELECT") {
    if (old.multiple) for (const option of old.options) option.selected = option.defaultSelected;
    else old.selectedIndex = untouchedIndex(old);
    return false;
  }
  if (old.type === "checkbox" || old.type === "radio") {
    old.checked = old.defaultChecked;
    return false;
  }
  if (old.type === "file" || !("defaultValue" in old) || old.value === fresh.defaultValue) return false;
  old.defaultValue = fresh.defaultValue;
  old.value = fresh.defaultValue;
  return true;
}

/** What makes a node the same one in the next version; null when only its kind and place tell. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  if (node.id) return `#${node.id}`;
  if (node.tagName === "FORM") return `form ${node.getAttribute("action")} ${node.dataset.act}`;
  if (!node.name || !node.matches("input,select,textarea,button")) return null;
  const told = /^(radio|checkbox|submit|hidden)$/.test(node.type) && !isOurs(node);
  return `${node.tagName} ${node.name} ${told ? node.getAttribute("value") : ""}`;
}

/** For each fresh child, the old child it is a version of, or itself when it is new. */
function match(old, fresh) {
  const pool = new Set([...old.childNodes].filter((node) => !node.matches || !node.matches("[data-own]")));
  const keyed = new Map();
  for (const node of pool) if (keyOf(node) !== null) keyed.set(keyOf(node), node);
  const find = (node) => {
    if (keyOf(node) !== null) return keyed.get(keyOf(node));
    let nearest = null;
    for (const candidate of pool) {
      if (candidate.nodeName !== node.nodeName || keyOf(candidate) !== null) continue;
      if (candidate.className === node.className) return candidate;
      nearest = nearest || candidate;
    }
    return nearest;
  };
  const pairs = [...fresh.childNodes].map((node) => {
    const found = find(node);
    const same = found && found.nodeName === node.nodeName && pool.delete(found);
    return [same ? found : null, node];
  });
  return { pairs, gone: [...pool] };
}

function children(old, fresh) {
  const { pairs, gone } = match(old, fresh);
  let changed = false;
  for (const node of gone) changed = change(node, null) || changed;
  let cursor = old.firstChild;
  const settled = new Set(pairs.map(([mine]) => mine));
  for (const [mine, node] of pairs) {
    if (mine) changed = element(mine, node) || changed;
    while (cursor && !settled.has(cursor)) cursor = cursor.nextSibling;
    const wanted = mine || node;
    if (wanted === cursor) cursor = cursor.nextSibling;
    else if (mine && rooted(mine)) cursor = comesAfter(mine, cursor) ? mine.nextSibling : cursor;
    else old.insertBefore(wanted, cursor);
    changed = changed || (!mine && (node.nodeType === Node.ELEMENT_NODE || node.data.trim() !== ""));
  }
  return changed;
}

/** Moving a node takes the focus out of it, ends a composition, closes a dialog. */
function rooted(node) {
  const focus = document.activeElement;
  if (focus && focus !== document.body && node.contains(focus)) return true;
  return node.nodeType === Node.ELEMENT_NODE && (node.matches("dialog[open]") || node.querySelector("dialog[open]") !== null);
}

function comesAfter(node, other) {
  return other !== null && (node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}
