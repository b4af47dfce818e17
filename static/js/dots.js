// Dots on a ballot: − and + beside each number, and what is left is said. Without it the numbers are typed.

const TALLIES = ".doser";

/** Show the buttons, and write what is left. */
function refresh(ballot) {
  const inputs = [...ballot.querySelectorAll("input[type=number]")];
  const left = Number(ballot.dataset.dots) - inputs.reduce((sum, input) => sum + dots(input), 0);
  const said = ballot.querySelector("[data-left]");
  if (said.textContent !== String(left)) said.textContent = String(left);
  ballot.classList.toggle("doser--trop", left < 0);
  for (const input of inputs) line(input, left);
}

function dots(input) {
  return Math.max(0, Math.trunc(Number(input.value) || 0));
}

/** One option: its marks, and which of its buttons can still do something. */
function line(input, left) {
  const row = input.closest("li");
  const placed = dots(input);
  row.querySelectorAll(".gommettes i").forEach((mark, place) => mark.classList.toggle("posee", place < placed));
  for (const button of row.querySelectorAll("[data-by]")) {
    const adds = button.dataset.by === "1";
    const stuck = adds ? left < 1 || placed >= Number(input.max) : placed < 1;
    button.hidden = false;
    if (stuck) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function onClick(event) {
  const button = event.target.closest(`${TALLIES} [data-by]`);
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const input = button.closest("li").querySelector("input[type=number]");
  input.value = String(dots(input) + Number(button.dataset.by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function start() {
  document.querySelectorAll(TALLIES).forEach(refresh);
}

document.addEventListener("click", onClick);
document.addEventListener("input", (event) => {
  const ballot = event.target.closest(TALLIES);
  if (ballot) refresh(ballot);
});
// A ballot brought by a fresh copy of the page comes with its buttons hidden.
new MutationObserver(() => {
  if (document.querySelector(`${TALLIES} [data-by][hidden]`)) start();
}).observe(document.body, { childList: true, subtree: true });
start();
