// Names on a ballot: how many may still be ticked is said at once. Without it the server counts them.

const BALLOTS = "[data-marks]";

function refresh(ballot) {
  const left = Number(ballot.dataset.marks) - ballot.querySelectorAll("input[type=checkbox]:checked").length;
  const said = ballot.querySelector("[data-left]");
  const words = left < 0 ? ballot.dataset.overWords.replace("%(over)s", String(-left)) : String(left);
  if (said.textContent !== words) said.textContent = words;
  ballot.classList.toggle("nommer--trop", left < 0);
}

document.addEventListener("change", (event) => {
  const ballot = event.target.closest(BALLOTS);
  if (ballot) refresh(ballot);
});
document.querySelectorAll(BALLOTS).forEach(refresh);
