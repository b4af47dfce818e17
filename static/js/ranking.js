// Ranking by touch and by keyboard: options are tapped in order, then moved up or down. The lists of ranks hold the truth.

import { fill } from "./words.js";

const MANY = 6; // past this many options, a line on top says how many are ranked and leads to the order

for (const fieldset of document.querySelectorAll("[data-ranking]")) start(fieldset);

function start(fieldset) {
  const parts = fieldset.querySelector("[data-ranking-parts]");
  if (!parts) return;
  const part = (name) => document.importNode(parts.content.querySelector(`[data-part="${name}"]`), true);
  const list = fieldset.querySelector(".rangs");
  const options = [...list.children].map((row) => option(row, part("option")));
  const board = { fieldset, options, blank: fieldset.querySelector("[type=checkbox]"), order: part("order"), count: null, step: () => part("step") };
  fieldset.querySelector(".rangs-aide").before(part("how"));
  if (options.length > MANY) {
    board.count = part("count");
    list.before(board.count);
  }
  (board.blank ? board.blank.closest("label") : list).after(board.order);
  if (board.blank) list.after(board.order);
  listen(board);
  render(board);
}

/** One option: its list of ranks, the button beside it, and its step in the order, made when it is first ranked. */
function option(row, button) {
  const label = row.querySelector("label").textContent;
  button.querySelector(".mot").textContent = label;
  row.prepend(button);
  return { label, button, select: row.querySelector("select"), step: null };
}

function listen(board) {
  for (const one of board.options) {
    one.button.addEventListener("click", () => toggle(board, one));
    one.select.addEventListener("change", () => render(board));
  }
  if (board.blank) board.blank.addEventListener("change", () => render(board));
  board.order.querySelector("[data-lists]").addEventListener("click", (event) => switchTo(board, event.currentTarget));
  window.addEventListener("pageshow", () => render(board));
}

/** The options ranked, the preferred first, those of equal rank together. */
function levels({ options }) {
  const found = new Map();
  for (const one of options) {
    const rank = Number(one.select.value);
    if (rank) found.set(rank, [...(found.get(rank) || []), one]);
  }
  return [...found.keys()].sort((a, b) => a - b).map((rank) => found.get(rank));
}

/** Give the lists these ranks, 1, 2, 3… without a hole. */
function write({ options }, groups) {
  for (const one of options) one.select.value = "";
  groups.forEach((group, place) => group.forEach((one) => (one.select.value = String(place + 1))));
}

function toggle(board, one) {
  if (board.blank) board.blank.checked = false;
  const before = levels(board);
  const groups = before.map((group) => group.filter((other) => other !== one)).filter((group) => group.length);
  if (!one.select.value) groups.push([one]);
  write(board, groups);
  render(board);
  tell(board, one);
}

/** One place up or down; out of a rank it shares, an option goes just before or after the others. */
function move(board, one, step) {
  const groups = levels(board);
  const place = groups.findIndex((group) => group.includes(one));
  const rest = groups[place].filter((other) => other !== one);
  if (rest.length) groups.splice(place, 1, ...(step < 0 ? [[one], rest] : [rest, [one]]));
  else if (!groups[place + step]) return;
  else groups.splice(Math.min(place, place + step), 2, ...(step < 0 ? [groups[place], groups[place - 1]] : [groups[place + 1], groups[place]]));
  write(board, groups);
  render(board);
  tell(board, one);
}

function placed({ fieldset }, place) {
  return place === 1 ? fieldset.dataset.first : fill(fieldset.dataset.place, { place });
}

/** Say where an option stands now, without moving the focus. */
function tell(board, one) {
  const { said, unsaid } = board.fieldset.dataset;
  const place = placeOf(board, one);
  const words = place ? fill(said, { option: one.label, place: placed(board, place) }) : fill(unsaid, { option: one.label });
  board.order.querySelector("[role=status]").textContent = words;
}

function placeOf(board, one) {
  return levels(board).findIndex((group) => group.includes(one)) + 1;
}

function render(board) {
  const isBlank = board.blank !== null && board.blank.checked;
  const groups = levels(board);
  for (const one of board.options) {
    one.select.disabled = isBlank;
    mark(board, one, isBlank ? 0 : groups.findIndex((group) => group.includes(one)) + 1);
  }
  arrange(board, isBlank ? [] : groups);
  complain(board, groups);
  if (!board.count) return;
  const ranked = isBlank ? 0 : groups.flat().length;
  board.count.querySelector("[data-counted]").textContent = fill(board.fieldset.dataset.count, { ranked, all: board.options.length });
}

/** The button of an option says its place. */
function mark(board, one, place) {
  one.button.setAttribute("aria-pressed", String(place > 0));
  one.button.querySelector("[data-number]").textContent = place || "";
  one.button.querySelector(".dit").textContent = place ? placed(board, place) : "";
}

/** The order below: steps are moved around the one that has the focus, which stays where it is. */
function arrange(board, groups) {
  const list = board.order.querySelector(".ordre-liste");
  const wanted = groups.flat().map((one) => one.step || (one.step = stepOf(board, one)));
  const focused = wanted.findIndex((step) => step.contains(document.activeElement));
  wanted.forEach((step, place) => {
    if (focused < 0 || place > focused) list.append(step);
    else if (place < focused) list.insertBefore(step, wanted[focused]);
  });
  for (const step of [...list.children]) if (!wanted.includes(step)) step.remove();
  groups.forEach((group, place) => group.forEach((one) => number(one.step, place, group, groups)));
  board.order.querySelector("[data-none]").hidden = wanted.length > 0;
}

function stepOf(board, one) {
  const step = board.step();
  step.querySelector(".mot").textContent = one.label;
  for (const name of step.querySelectorAll("[data-of]")) name.textContent = ` : ${one.label}`;
  for (const button of step.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => move(board, one, Number(button.dataset.move)));
  }
  return step;
}

/** The number of a step; at an end the button that leads nowhere says so and keeps the focus. */
function number(step, place, group, groups) {
  step.querySelector("[data-number]").textContent = place + 1;
  const isAlone = group.length === 1;
  step.querySelector('[data-move="-1"]').setAttribute("aria-disabled", String(isAlone && place === 0));
  step.querySelector('[data-move="1"]').setAttribute("aria-disabled", String(isAlone && place === groups.length - 1));
}

/** Where a rank is for one option only, a rank given twice is said at once. */
function complain(board, groups) {
  const { ties, twice } = board.fieldset.dataset;
  const shared = ties === "no" ? groups.find((group) => group.length > 1) : undefined;
  const problem = board.order.querySelector("[data-problem]");
  problem.hidden = !shared;
  if (shared) problem.querySelector("span").textContent = fill(twice, { rank: shared[0].select.value });
}

/** From tapping to lists of ranks, and back. */
function switchTo(board, button) {
  const toLists = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(toLists));
  for (const one of board.options) one.button.hidden = toLists;
  board.fieldset.querySelector('[data-part="how"]').hidden = toLists;
  render(board);
}
