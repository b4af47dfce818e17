// Applies the server's fragments to the page: replaces, inserts or removes by id, around what people do.

import { composingIn, holds } from "./edits.js";
import { aloud, forgetNews, hold, held, withdraw } from "./news.js";
import { isKept, morph, release, take } from "./morph.js";
import { steady, underFinger, wouldShift } from "./reading.js";

const FLASH = 1600;

const queue = []; // fragments that came while a finger was on the glass
let waiting = []; // [place, run]: what touches an element in which an input method is composing
const moves = new Map(); // an element in use → the container it belongs to now
let prepare = () => {};
let applied = () => {};
let outdated = () => {};

/**
 * `before(root)` makes a fragment the reader's own before it enters the page; `after()` follows a change;
 * `anew()` is for a page that shows what a fragment only hints at.
 */
export function watchPage(before, after, anew) {
  prepare = before;
  applied = after;
  outdated = anew;
}

/** Make a piece of the page the reader's own. */
export function personalise(root) {
  prepare(root);
  // Beside anything else the stylesheet hides it; alone again, it must be able to show.
  for (const sentence of root.querySelectorAll("[data-empty][hidden]")) sentence.hidden = false;
}

/** The elements of a server fragment. A `<template>` runs nothing and loads nothing. */
function elementsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const content = document.importNode(template.content, true);
  personalise(content);
  return [...content.children];
}

/** Apply fragments in order. */
export function apply(fragments) {
  queue.push(...fragments);
  drain();
}

/** Apply what waits, unless a finger is on the glass. */
export function drain() {
  if (!queue.length) return;
  if (underFinger()) {
    setTimeout(drain, 500);
    return;
  }
  const elements = queue.splice(0).flatMap(elementsOf);
  aloud(() => steady(() => elements.forEach(place)));
  applied();
  if (document.querySelector("[data-told]") && elements.some((one) => one.hasAttribute("data-tells"))) outdated();
}

/** Do what was kept back for people who have finished. */
export function catchUp() {
  if (waiting.length || moves.size || isKept()) steady(doWaiting);
}

function doWaiting() {
  const ready = waiting;
  waiting = [];
  for (const [element, run] of ready) whenCalm(element, composingIn(element), run);
  release();
  for (const [element, container] of [...moves]) move(element, container);
}

/** Forget every fragment not yet shown: the page is being fetched anew. */
export function forget() {
  queue.length = 0;
  waiting = [];
  moves.clear();
  forgetNews();
}

/** Run now, or after the composition under way there, and after what already waits around that element. */
function whenCalm(element, busy, run) {
  if (busy || waiting.some(([other]) => other.contains(element))) waiting.push([element, run]);
  else run();
}

function place(element) {
  const removed = element.tagName === "TEMPLATE" ? element.dataset.remove : null;
  const id = removed || element.id;
  const target = id ? document.getElementById(id) : null;
  if (removed) {
    withdraw(id);
    if (target) whenCalm(target, composingIn(target), () => take(target));
  } else if (target) {
    whenCalm(target, composingIn(target), () => update(target, element));
  } else if (element.dataset.into) {
    const container = document.getElementById(element.dataset.into);
    if (container) whenCalm(container, false, () => enter(container, element));
  }
}

/** The new version of something shown; it moves when its container is another one now. */
function update(target, element) {
  const changed = morph(target, element);
  const shown = document.getElementById(element.id);
  const container = document.getElementById(element.dataset.into || "");
  if (container && !container.contains(shown) && !shown.contains(container)) move(shown, container);
  else moves.delete(shown);
  if (changed && !shown.contains(document.activeElement)) flash(shown);
}

/** Put an element into its new container, or remember to: moving it would take it out of someone's hands. */
function move(element, container) {
  moves.delete(element);
  if (holds(element)) moves.set(element, container);
  else if (element.isConnected) insert(container, element);
}

function enter(container, element) {
  const atStart = element.dataset.at === "start";
  const waits = held(container) || wouldShift(container, atStart);
  withdraw(element.id, container);
  if (container.hasAttribute("data-hold") && waits && !element.classList.contains("is-mine")) {
    hold(container, element, () => insert(container, element));
  } else {
    insert(container, element);
  }
}

function insert(container, element) {
  if (element.dataset.at === "start") container.prepend(element);
  else container.append(element);
  flash(element);
}

/** A short fade on what changed. */
function flash(element) {
  const marks = element.classList;
  marks.remove("change--fini");
  marks.add("change");
  setTimeout(() => marks.contains("change") && marks.replace("change", "change--fini"), FLASH);
  setTimeout(() => marks.remove("change--fini"), 2 * FLASH);
}
