// The live part of a page. Without it every page still works: each act is a form, each state a page.

import { RECEIVED, answered, resend, startActs, withoutSocket } from "./acts.js";
import { learn, paintTimers, startTimers } from "./clock.js";
import { startCodes } from "./codes.js";
import { watchEdits } from "./edits.js";
import { prepareForms } from "./forms.js";
import { startFreshness } from "./freshness.js";
import { markMine } from "./mine.js";
import { announce } from "./news.js";
import { fillNow, paintNow } from "./now.js";
import { apply, catchUp, drain, personalise, watchPage } from "./page.js";
import { watchFinger } from "./reading.js";
import { isRefreshing, numbers, refresh } from "./regions.js";
import { connect } from "./socket.js";
import { word } from "./words.js";

const MOST = 50; // topics a socket may follow

const topics = new Map(); // name → { seq: last number applied (null: from now), lost: frames kept until new content }
const refused = new Set();
let socket = null;
let look = () => {};

/** Follow what the page shows now; a page that follows nothing needs no connection. */
function followPage() {
  for (const [name, seq] of numbers(document)) {
    if (topics.has(name) || refused.has(name) || topics.size >= MOST) continue;
    topics.set(name, { seq, lost: null });
    if (socket) socket.send(follow(name));
  }
  if (!socket && topics.size) open();
}

function follow(name) {
  return { follow: name, after: topics.get(name).seq, as: "html" };
}

/** The beat: what is followed, and up to where we have it. */
function follows() {
  return [...topics.keys()].filter((name) => !topics.get(name).lost).map(follow);
}

function open() {
  socket = connect({ follows, onFrame, onOpen: resend, onLost: () => (withoutSocket(), look()) });
  look = startFreshness({
    isLive: () => socket.isOpen() && !isRefreshing(),
    isFollowing: () => [...topics.keys()].some((name) => !refused.has(name)),
    heardAt: socket.heardAt,
  });
}

function onFrame(frame) {
  if ("done" in frame || "failed" in frame) answered(frame);
  else if (topics.has(frame.topic)) onTopic(frame, topics.get(frame.topic));
  look();
}

function onTopic(frame, topic) {
  if (frame.refused) refuse(frame.topic);
  else if (refused.delete(frame.topic)) unrefuse(frame.topic);
  if (frame.reset) reset(topic);
  else if (topic.lost) topic.lost.push(frame);
  else take(frame, topic);
}

function take(frame, topic) {
  if (frame.now) fillNow(frame.topic, frame.now);
  if (frame.events) tell(frame.events, topic);
  if (Number.isInteger(frame.upto) && !topic.lost) advance(topic, frame.upto);
}

function advance(topic, seq) {
  topic.seq = Math.max(topic.seq === null ? -1 : topic.seq, seq);
}

/** Facts in order: those already seen are dropped; after a hole, or a fragment that cannot be shown, start anew. */
function tell(events, topic) {
  const fragments = [];
  for (const { seq, at, html } of events) {
    learn(at);
    if (topic.seq !== null && seq <= topic.seq) continue;
    if (topic.seq !== null && seq > topic.seq + 1) {
      reset(topic);
      return;
    }
    topic.seq = seq;
    if (html) fragments.push(html);
  }
  try {
    apply(fragments);
  } catch {
    reset(topic);
  }
}

/** Another tab of this person did what this one still asks for, or what this page shows of theirs has changed. */
function anew() {
  const [topic] = topics.values();
  if (topic && !topic.lost) reset(topic);
}

/** Show everything anew, then go on from the numbers of the new content, with what came meanwhile. */
function reset(topic) {
  topic.lost = [];
  refresh((found) => {
    for (const [name, known] of topics) resume(name, known, found);
    for (const element of document.querySelectorAll("[data-topic][data-seq]")) {
      const known = topics.get(element.dataset.topic);
      if (known && known.seq !== null) element.dataset.seq = known.seq;
    }
    followPage();
    look();
  });
}

function resume(name, topic, found) {
  const seq = found && found.has(name) ? found.get(name) : null;
  if (!topic.lost) {
    if (seq !== null) advance(topic, seq);
    return;
  }
  if (!found) {
    refuse(name);
    topics.delete(name);
    return;
  }
  const meanwhile = topic.lost;
  Object.assign(topic, { seq, lost: null });
  for (const frame of meanwhile) onTopic(frame, topic);
  if (socket && !topic.lost) socket.send(follow(name));
}

/** The right to follow ended: say so where it shows, keep what is there. */
function refuse(name) {
  refused.add(name);
  for (const region of document.querySelectorAll(`[data-topic="${CSS.escape(name)}"]`)) {
    if (region.querySelector(":scope > [data-refused]")) continue;
    const sentence = document.createElement("p");
    sentence.className = "etat etat--echec";
    sentence.setAttribute("role", "status");
    sentence.dataset.refused = sentence.dataset.own = "";
    sentence.textContent = word("refused");
    region.prepend(sentence);
  }
}

function unrefuse(name) {
  for (const one of document.querySelectorAll(`[data-topic="${CSS.escape(name)}"] > [data-refused]`)) one.remove();
}

/** A fragment is the same for everyone: add what is the reader's own, and the values of this instant. */
function addOwn(root) {
  prepareForms(root);
  markMine(root);
  paintNow(root);
  paintTimers(root);
}

function start() {
  watchPage(addOwn, followPage, anew);
  watchEdits(catchUp);
  watchFinger(drain);
  startTimers();
  announce(""); // what says things aloud must be there before it has anything to say
  personalise(document);
  followPage();
  startCodes();
  startActs((frame) => socket !== null && socket.send(frame));
  addEventListener("storage", (event) => event.key === RECEIVED && anew());
}

start();
