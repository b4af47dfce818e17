// A form that is an act: what it holds, what it says, and how it is cleared once answered.

import { composingIn, isField, released } from "./edits.js";
import { announce } from "./news.js";
import { language, word } from "./words.js";

const STATES = { sending: "etat--attente", waiting: "etat--echec", done: "etat--recu", failed: "etat--echec" };
const CSRF = "csrfmiddlewaretoken";

/** A fresh key. Pages served in a hall without TLS have no `randomUUID`. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The CSRF token of now: the cookie's, else one printed in the page. */
export function csrfToken() {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  const printed = document.querySelector(`[name=${CSRF}]`);
  return cookie ? decodeURIComponent(cookie[1]) : printed ? printed.value || printed.content : "";
}

/** Forms of a fragment come without token and key: the page adds both. */
export function prepareForms(root) {
  for (const form of root.querySelectorAll("form[method=post]")) {
    for (const [name, make] of [["key", newKey], [CSRF, csrfToken]]) {
      if (form.querySelector(`[name=${name}]`)) continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name });
      input.setAttribute("value", make());
      form.prepend(input);
    }
  }
}

/** Names that stand for a list, even when one value or none is chosen. */
function listNames(form) {
  const boxes = (name) => form.querySelectorAll(`[type=checkbox][name="${CSS.escape(name)}"]`).length;
  const named = [...form.elements].filter((field) => field.name);
  return new Set(named.filter((field) => field.multiple || boxes(field.name) > 1).map((field) => field.name));
}

/** What a form says now, as an act: it no longer changes while the act is on its way. */
export function readForm(form, submitter) {
  const entries = [...new FormData(form)];
  if (submitter && submitter.name) entries.push([submitter.name, submitter.value]);
  const lists = listNames(form);
  const data = {};
  for (const name of lists) data[name] = [];
  for (const [name, value] of entries) {
    if ([CSRF, "key", "for"].includes(name)) continue;
    if (name in data) data[name] = [].concat(data[name], value);
    else data[name] = lists.has(name) ? [value] : value;
  }
  const hat = entries.find(([name]) => name === "for");
  const key = entries.find(([name]) => name === "key");
  return {
    name: form.dataset.act,
    key: key && key[1] ? key[1] : newKey(),
    hat: hat ? hat[1] : "",
    data,
    body: entries.filter(([name]) => name !== CSRF && name !== "key"),
    action: form.getAttribute("action") || location.pathname,
    hasFiles: entries.some(([, value]) => typeof value !== "string"),
  };
}

/** Show a state in the form's `[data-status]`, making one when there is something to say and no place for it. */
export function say(form, state, text) {
  let place = form.querySelector("[data-status]");
  if (!place && !/waiting|failed/.test(state)) return;
  if (!place) {
    place = document.createElement("p");
    place.setAttribute("role", "status");
    place.dataset.own = "";
    form.append(place);
  }
  place.classList.remove(...Object.values(STATES));
  place.classList.add("etat");
  if (text) place.classList.add(STATES[state]);
  place.dataset.status = text ? state : "";
  if (place.textContent !== text) place.textContent = text;
}

/** Lock or free a form; its fields stay open, for what comes next. */
export function setBusy(form, busy) {
  if (busy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  if (!busy) released();
}

/** What each field held when the act left. */
export function snapshot(form) {
  return new Map([...form.elements].filter(isField).map((field) => [field, field.value]));
}

/** After success: clear what was sent, keep what was typed since, take a new key. */
export function clear(form, sent) {
  const key = form.querySelector("[name=key]");
  if (key) key.value = newKey();
  for (const alert of form.querySelectorAll("[role=alert]")) alert.remove();
  for (const field of form.elements) {
    field.removeAttribute("aria-invalid");
    if (!isField(field)) continue;
    if (form.hasAttribute("data-keep") || field.hasAttribute("data-keep")) settleField(field);
    else if (/^(checkbox|radio)$/.test(field.type)) field.checked = field.defaultChecked;
    else if (field.tagName === "SELECT") for (const option of field.options) option.selected = option.defaultSelected;
    else clearText(field, sent.get(field));
  }
}

/** The field keeps what it holds, as if the page had come with it. */
function settleField(field) {
  if (/^(checkbox|radio)$/.test(field.type)) field.defaultChecked = field.checked;
  else if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
  else if (field.type !== "file") field.defaultValue = field.value;
}

function clearText(field, sent) {
  if (composingIn(field)) {
    field.addEventListener("compositionend", () => setTimeout(() => clearText(field, sent)), { once: true });
    return;
  }
  const free = /^(textarea|text|search|email|url|tel)$/.test(field.type);
  if (free) field.defaultValue = "";
  if (!free || sent === undefined) {
    if (sent === undefined || field.value === sent) field.value = field.defaultValue;
    return;
  }
  if (!field.value.startsWith(sent)) return; // rewritten meanwhile: all of it is new
  const rest = field.value.slice(sent.length);
  const gap = rest.length - rest.trimStart().length;
  const caret = Math.max(0, (field.selectionStart || 0) - sent.length - gap);
  field.value = rest.trimStart();
  if (field === document.activeElement && field.value && field.type !== "email") field.setSelectionRange(caret, caret);
}

/** Mark the fields a refusal names and lead to the first of them. */
export function markErrors(form, errors) {
  const wrong = [...form.elements].filter((field) => isField(field) && errors && errors[field.name]);
  for (const field of wrong) {
    field.setAttribute("aria-invalid", "true");
    field.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
  }
  if (wrong.length && form.contains(document.activeElement)) wrong[0].focus();
}

/** Give a form back what it held when the page was left with its act under way. */
export function refill(form, act) {
  const key = form.querySelector("[name=key]");
  if (key) key.value = act.key;
  for (const [name, text] of act.body) {
    for (const field of form.elements) {
      if (field.name !== name || !isField(field)) continue;
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = field.checked || field.value === text;
      else if (field.type !== "file") field.value = text;
    }
  }
}

/** What an answer says to people: its message, or when and under which number it was received. */
export function sentenceOf(data) {
  if (data.message) return data.message;
  if (!data.received_at || data.number === undefined) return word("received");
  const at = new Date(data.received_at);
  const { timeZone } = document.body.dataset; // the receipt's: a phone far away says the same hour
  const time = Number.isNaN(at.getTime())
    ? data.received_at
    : at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone });
  return word("received_at", { time, number: data.number });
}

/** Say it outside any form: the act's form is no longer in this page. */
export function toast(text, stays) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.own = "";
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn", textContent: word("close") });
  button.addEventListener("click", () => box.remove());
  box.append(text, button);
  document.body.append(box);
  announce(text);
  if (!stays) setTimeout(() => box.remove(), 8000);
}
