// The tracking code of a secret ballot: made on this device, kept in this tab, told to nobody else.

const SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const ACTS = "live-acts"; // where acts.js keeps what has no answer yet

/** Make the code of the ballot being read again, show the one of the ballot received, find it in the list. */
export function startCodes() {
  for (const place of document.querySelectorAll("[data-code-of]")) {
    if (place.querySelector("[name=code]")) make(place);
    else tell(place);
  }
  for (const list of document.querySelectorAll("[data-codes-of]")) find(list);
}

/** A ballot was received: its code stays in this tab. */
export function rememberCode(data) {
  if (data && data.code) write(`code-${data.poll}-${data.elector}`, data.code);
}

function make(place) {
  const [poll, elector] = place.dataset.codeOf.split("-");
  const code = pendingCode(poll, elector) || newCode();
  place.querySelector("[name=code]").value = code;
  place.querySelector("[data-code]").textContent = code;
  place.querySelector("[data-made=server]").hidden = true;
  place.querySelector("[data-made=device]").hidden = false;
}

function newCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const signs = [...bytes].map((byte) => SIGNS[byte & 31]).join("");
  return signs.replace(/^(.{4})(.{4})/, "$1-$2-");
}

/** After a reload during a cut the same act goes again: so does its code. */
function pendingCode(poll, elector) {
  try {
    const acts = JSON.parse(read(ACTS) || "[]").map((act) => act.data);
    const same = acts.find((data) => data.code && data.poll === poll && data.elector === elector);
    return same && same.code;
  } catch {
    return null;
  }
}

function tell(place) {
  const code = read(`code-${place.dataset.codeOf}`);
  if (!code) return;
  place.querySelector("[data-code]").textContent = code;
  place.querySelector("[data-known]").hidden = false;
  place.querySelector("[data-unknown]").hidden = true;
}

function find(list) {
  const mine = Object.keys(sessionStorage).filter((name) => name.startsWith(`code-${list.dataset.codesOf}-`));
  const codes = mine.map(read);
  const found = [...list.querySelectorAll("[data-code]")].filter((item) => codes.includes(item.dataset.code));
  for (const item of found) item.classList.add("code-mien");
  const words = document.querySelector("[data-found]");
  if (words) words.hidden = !found.length;
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Storage is full or forbidden: the person has seen the code before sending.
  }
}
