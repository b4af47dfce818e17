// Latest values (tally, turnout, presence, timer): `[data-now][data-field]` shows them.

const latest = new Map(); // topic → its whole map of values

/** Take a topic's latest values and show them. */
export function fillNow(topic, values) {
  latest.set(topic, values);
  paintNow(document, topic);
}

/** Forget the values: the page is being fetched anew and brings its own. */
export function forgetNow() {
  latest.clear();
}

/** Show what is known under `root`, for one topic or all. */
export function paintNow(root, only = null) {
  for (const element of root.querySelectorAll("[data-now]")) {
    const topic = element.dataset.now;
    if (latest.has(topic) && (only === null || only === topic)) show(element, latest.get(topic));
  }
  for (const element of root.querySelectorAll("[data-hidden-when-zero]")) {
    const shown = [...element.querySelectorAll("[data-field]"), element].filter((one) => one.matches("[data-field]"));
    if (shown.length) element.hidden = shown.every((one) => !Number(one.textContent.replace(/\s/g, "") || 0));
  }
}

/** `tally.for` in `{"tally": {"for": 12}}`; undefined when there is no such value. */
function at(values, path) {
  return path.split(".").reduce((value, name) => (value === null || value === undefined ? undefined : value[name]), values);
}

function show(element, values) {
  const { field, nowAttr } = element.dataset;
  const value = field ? at(values, field) : undefined;
  if (value !== undefined) {
    const text = value === null ? "" : String(value);
    if (element.textContent !== text) element.textContent = text;
  }
  for (const pair of (nowAttr || "").split(/\s+/).filter(Boolean)) {
    const [attribute, path] = pair.split(":");
    const given = at(values, path);
    if (given === null || given === false) element.removeAttribute(attribute);
    else if (given !== undefined) element.setAttribute(attribute, given === true ? "" : String(given));
  }
}
