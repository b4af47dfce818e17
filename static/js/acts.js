// Forms that are acts: over the socket, else by HTTP, always with the same key until the server has answered.

import { rememberCode } from "./codes.js";
import * as forms from "./forms.js";
import { learnMine, me } from "./mine.js";
import { conduct } from "./reading.js";
import { word } from "./words.js";

const SOCKET_ANSWER = 5000;
const HTTP_ANSWER = 8000;
const RECEIPT = 1500; // the time to read that a ballot was received
const FRAME = 60000; // characters; the server closes on larger frames
const PASSING = ["busy", "database_away"]; // nothing is decided: the same key goes again by itself
const STORE = "live-acts";
export const RECEIVED = "live-received";

const pending = new Map(); // key → act on its way
let send = () => false;
let submitter = null;

/** Take over the forms of the page; `sendFrame(frame)` says whether the socket took it. */
export function startActs(sendFrame) {
  send = sendFrame;
  document.addEventListener("click", (event) => (submitter = event.target.closest("button,input[type=submit]")), true);
  document.addEventListener("submit", onSubmit);
  addEventListener("online", () => [...pending.values()].forEach((act) => act.resting && attempt(act)));
  restore();
}

/** The socket is back: what has no answer goes again, under the same key. */
export function resend() {
  for (const act of pending.values()) attempt(act);
}

/** The socket is gone: what waited for its answer goes by HTTP. */
export function withoutSocket() {
  for (const act of pending.values()) if (act.asked) post(act);
}

/** The server's answer to an act: `done` or `failed` with the act's key. */
export function answered(frame) {
  const act = pending.get(frame.done || frame.failed);
  if (act) settle(act, frame);
}

function onSubmit(event) {
  const form = event.target;
  const button = event.submitter || (submitter && submitter.form === form ? submitter : null);
  submitter = null;
  if (event.defaultPrevented || !form.dataset.act || (button && button.hasAttribute("formaction"))) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") begin(forms.readForm(form, button), form);
}

function begin(act, form) {
  Object.assign(act, { form, tries: 0, faults: 0, posting: false });
  if (form) {
    act.sent = act.sent || forms.snapshot(form);
    forms.setBusy(form, true);
    forms.say(form, "sending", word("sending"));
    if (form.closest(".regie")) conduct();
  }
  pending.set(act.key, act);
  store();
  attempt(act);
}

function attempt(act) {
  clearTimeout(act.timer);
  act.resting = false;
  const frame = { do: act.name, key: act.key, data: act.data };
  if (act.hat) frame.for = act.hat;
  act.asked = !act.hasFiles && JSON.stringify(frame).length < FRAME && send(frame);
  if (!act.asked) {
    post(act);
    return;
  }
  act.timer = setTimeout(() => {
    tell(act, "trying");
    post(act);
  }, SOCKET_ANSWER);
}

/** The same form by HTTP, with the same key: whichever door answers first, the act is done once. */
async function post(act) {
  clearTimeout(act.timer);
  act.asked = false;
  if (act.posting) return;
  act.posting = true;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), HTTP_ANSWER);
  let answer = null;
  try {
    answer = await ask(act, abort.signal);
  } catch {
    // No network, or no answer in time: the act is still on its way.
  }
  clearTimeout(timer);
  act.posting = false;
  if (!pending.has(act.key)) return;
  if (answer) settle(act, answer);
  else if (!act.asked) rest(act);
}

async function ask(act, signal) {
  const body = act.hasFiles ? new FormData() : new URLSearchParams();
  for (const [name, value] of act.body) body.append(name, value);
  body.append("key", act.key);
  const headers = { Accept: "application/json", "X-CSRFToken": forms.csrfToken() };
  const response = await fetch(act.action, { method: "POST", body, headers, credentials: "same-origin", signal });
  if (/json/.test(response.headers.get("Content-Type") || "")) {
    const answer = await response.json();
    if ("done" in answer || answer.code) return answer;
  }
  act.faults += response.status === 500 ? 1 : 0;
  const passing = response.status === 429 || response.status > 500 || (response.status === 500 && act.faults < 3);
  if (passing) return null;
  const code = response.redirected || response.status === 401 ? "signed_out" : "unprocessed";
  return { failed: act.key, code, message: word(code) };
}

/** Not received yet: wait a little, then try again. */
function rest(act) {
  act.tries += 1;
  act.resting = true;
  const seconds = Math.min(15, act.tries < 4 ? 3 : 3 * (act.tries - 2));
  tell(act, "retrying", { seconds });
  act.timer = setTimeout(() => attempt(act), seconds * 1000 + Math.random() * 500);
}

function tell(act, name, values) {
  if (act.form) forms.say(act.form, "waiting", word(name, values));
}

function settle(act, answer) {
  clearTimeout(act.timer);
  if (PASSING.includes(answer.code)) {
    rest(act);
    return;
  }
  pending.delete(act.key);
  store();
  if (act.form) forms.setBusy(act.form, false);
  if ("done" in answer) succeed(act, answer.data || {});
  else if (answer.code === "key_reused" && !act.rekeyed) begin({ ...act, key: forms.newKey(), rekeyed: true }, act.form);
  else fail(act, answer);
}

function succeed(act, data) {
  const { form } = act;
  if (data.mine) learnMine(data.mine);
  rememberCode(act.data);
  if (data.received_at) tellTabs();
  if (!form || !form.isConnected) {
    if (!form) forms.toast(forms.sentenceOf(data), false);
    return;
  }
  forms.say(form, "done", forms.sentenceOf(data));
  if (form.dataset.done === "go" && data.url) {
    go(data.url, data.received_at ? RECEIPT : 0);
    return;
  }
  forms.clear(form, act.sent);
  form.addEventListener("input", () => forms.say(form, "done", ""), { once: true });
  if (form.dataset.done === "close") closeAround(form);
}

/** The person's other tabs still call for what was just received. */
function tellTabs() {
  try {
    localStorage.setItem(RECEIVED, String(Date.now()));
  } catch {
    // Storage is forbidden: the other tabs know at their next load.
  }
}

/** Fold what holds the form; who stood in it stands on what unfolds it again (a dialog gives the focus back itself). */
function closeAround(form) {
  const around = form.closest("dialog,details");
  if (around && around.close) around.close();
  if (!around || around.close) return;
  const stoodInside = around.contains(document.activeElement);
  around.open = false;
  const summary = around.querySelector("summary");
  if (stoodInside && summary) summary.focus({ preventScroll: true });
}

/** Go where the answer says, inside this site only. */
function go(address, delay) {
  const url = new URL(address, location.href);
  if (url.origin === location.origin) setTimeout(() => arrive(url), delay);
}

/** A place of this very page is shown anew: going there alone would only scroll. */
function arrive(url) {
  const stays = url.hash && url.pathname === location.pathname && url.search === location.search;
  location.assign(url.href);
  if (stays) location.reload();
}

function fail(act, answer) {
  const sentence = answer.message || word("unprocessed");
  if (!act.form || !act.form.isConnected) {
    forms.toast(sentence, true);
    return;
  }
  forms.say(act.form, "failed", sentence);
  forms.markErrors(act.form, answer.errors);
}

/** Keep what has no answer yet for this tab, so that a reload during a cut resends the same key. */
function store() {
  const acts = [...pending.values()].filter((act) => !act.hasFiles);
  const kept = acts.map(({ name, key, hat, data, body, action }) => ({ name, key, hat, data, body, action, me: me() }));
  try {
    if (kept.length) sessionStorage.setItem(STORE, JSON.stringify(kept));
    else sessionStorage.removeItem(STORE);
  } catch {
    // Storage is full or forbidden: the act still goes, it only does not survive a reload.
  }
}

/** Take up the acts of the page before this one; never those of somebody else who used this tab. */
function restore() {
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(STORE) || "[]").filter((act) => act.me === me());
  } catch {
    // What cannot be read cannot be resent.
  }
  for (const act of kept) {
    const form = [...document.querySelectorAll("form[data-act]")].find(
      (one) => one.dataset.act === act.name && one.getAttribute("action") === act.action && one.getAttribute("aria-busy") !== "true",
    );
    if (form) forms.refill(form, act);
    begin(act, form || null);
  }
}
