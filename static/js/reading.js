// What someone is reading stays where it is, whatever is inserted above it.

import { isField } from "./edits.js";

let touch = null; // where a finger or a button is down, and since when
let conducted = 0; // when someone last acted from the bar of those who conduct the room
const CONDUCTING = 3000;
const HEIGHTS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/** Watch the finger; `whenLifted` is called when it leaves the glass. */
export function watchFinger(whenLifted) {
  const down = (event) => (touch = { x: event.clientX, y: event.clientY, at: Date.now(), finger: event.pointerType !== "mouse" });
  addEventListener("pointerdown", down, true);
  for (const name of ["pointerup", "touchend", "touchcancel"]) {
    addEventListener(name, (event) => {
      if (event.touches && event.touches.length) return;
      touch = null;
      whenLifted();
    }, true);
  }
}

/** Where someone presses now; a release that was lost counts for five seconds at most. */
function pressed() {
  return touch !== null && Date.now() - touch.at < 5000 ? touch : null;
}

/** Someone conducts the room: what comes of it shows where it is, nothing is held in place for a moment. */
export function conduct() {
  conducted = Date.now();
}

/** Whether a finger is on the glass. */
export function underFinger() {
  return pressed() !== null && touch.finger;
}

function scrolls(element) {
  return /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight;
}

function scrollerOf(element) {
  for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) {
    if (scrolls(node)) return node;
  }
  return document.scrollingElement || document.documentElement;
}

/** Whether an element moves with what scrolls it, rather than being pinned to the screen. */
function flows(element) {
  for (let node = element; node && (node === element || !scrolls(node)); node = node.parentElement) {
    if (/fixed|sticky/.test(getComputedStyle(node).position)) return false;
  }
  return true;
}

/** The elements by which a reader would notice a shift, the surest first. */
function anchors() {
  const found = [];
  const field = document.activeElement;
  const add = (element) => {
    if (!element || found.includes(element)) return;
    const box = element.getBoundingClientRect();
    if (box.bottom > 0 && box.top < innerHeight && box.height < innerHeight * 0.9 && flows(element)) found.push(element);
  };
  if (field && (isField(field) || field.matches(":focus-visible"))) add(field);
  if (pressed()) add(document.elementFromPoint(touch.x, touch.y));
  for (const height of HEIGHTS) {
    for (const width of [0.5, 0.3]) {
      if (found.length < 3) add(document.elementFromPoint(innerWidth * width, innerHeight * height));
    }
  }
  return found;
}

/** Do something to the page, then put what was being read back where it was. */
export function steady(run) {
  const places = anchors().map((element) => ({ element, top: element.getBoundingClientRect().top }));
  for (const { element } of places) scrollerOf(element).style.overflowAnchor = "none"; // one correction, ours
  run();
  const place = places.find(({ element }) => element.isConnected && element.getClientRects().length);
  if (!place) return;
  const moved = place.element.getBoundingClientRect().top - place.top;
  const scroller = scrollerOf(place.element);
  const atTop = scroller.scrollTop <= 0 && !pressed() && !isField(place.element);
  const conducts = Date.now() - conducted < CONDUCTING && !isField(place.element);
  if (Math.abs(moved) < 1 || atTop || conducts) return;
  scroller.style.scrollBehavior = "auto";
  scroller.scrollTop += moved;
  scroller.style.scrollBehavior = "";
}

/** Whether inserting at the start or the end of a container would shift, or slip past, what is being read. */
export function wouldShift(container, atStart) {
  const others = [...container.children].filter((child) => !child.matches("[data-empty],[data-own]"));
  if (!others.length || !container.getClientRects().length) return false;
  const column = scrollerOf(others[0]).getBoundingClientRect();
  const bottom = Math.min(innerHeight, Math.max(column.bottom, 0) || innerHeight);
  const line = atStart ? others[0].getBoundingClientRect().top : container.getBoundingClientRect().bottom;
  if (line >= bottom) return false;
  return atStart || line < 0 || readableBelow(container, line, bottom);
}

function readableBelow(container, line, bottom) {
  const box = container.getBoundingClientRect();
  for (let y = line + 8; y < bottom; y += 32) {
    for (const part of [0.25, 0.5, 0.75]) {
      const element = document.elementFromPoint(box.left + box.width * part, y);
      if (element && !element.contains(container) && !element.closest("footer") && flows(element)) return true;
    }
  }
  return false;
}
