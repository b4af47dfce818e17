// What someone is typing or choosing right now: nothing may touch it.

const FIELD =
  "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset])," +
  "textarea,select,[contenteditable]:not([contenteditable=false])";

let composing = null;

/** Whether this element is something people fill. */
export function isField(element) {
  return element.matches(FIELD);
}

/** Whether an input method is composing inside this element. */
export function composingIn(element) {
  return composing !== null && composing.isConnected && element.contains(composing);
}

/** The index a select shows when nobody has chosen. */
export function untouchedIndex(select) {
  const options = [...select.options];
  const given = options.map((option) => option.defaultSelected).lastIndexOf(true);
  return given >= 0 || select.size > 1 ? given : options.findIndex((option) => !option.disabled);
}

/** Whether a field no longer holds what the page gave it. */
function dirty(field) {
  if (field.tagName === "SELECT") {
    if (!field.multiple) return field.selectedIndex !== untouchedIndex(field);
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  return "defaultValue" in field && field.value !== field.defaultValue;
}

/** The radio buttons among which this one is chosen. */
function siblings(field) {
  const all = field.type === "radio" && field.form ? [...field.form.elements] : [field];
  return all.filter((other) => other.type === field.type && other.name === field.name);
}

/** Whether a field is being filled: it has the focus, was changed, is on its way, or came back refused. */
export function edited(field) {
  if (field === document.activeElement || siblings(field).some(dirty)) return true;
  const form = field.form;
  return Boolean(form && (isBusy(form) || (field.value && form.querySelector("[role=alert]"))));
}

/** Whether a form's act is on its way. */
export function isBusy(form) {
  return form.getAttribute("aria-busy") === "true";
}

/** Whether this element is, or contains, something being filled: it must stay where it is. */
export function holds(element) {
  if (element.nodeType !== Node.ELEMENT_NODE) return false;
  if (element.matches("dialog[open],form[aria-busy=true]")) return true;
  if (element.querySelector("dialog[open],form[aria-busy=true]")) return true;
  return (isField(element) ? [element] : [...element.querySelectorAll(FIELD)]).some(edited);
}

let run = () => {};
let timer;

/** Someone may be done with a field: soon, do what was kept back. */
export function released() {
  clearTimeout(timer);
  timer = setTimeout(() => run(), 50);
}

/** Watch where people type; `whenReleased` is called soon after someone may be done with a field. */
export function watchEdits(whenReleased) {
  run = whenReleased;
  document.addEventListener("compositionstart", (event) => (composing = event.target), true);
  document.addEventListener("compositionend", () => ((composing = null), released()), true);
  for (const name of ["focusout", "change", "reset", "close"]) document.addEventListener(name, released, true);
}
