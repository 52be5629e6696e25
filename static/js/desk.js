// The desk by keyboard: j and k (or the arrows) go from line to line, Enter does what
// the line waits for, o opens what it is about; the number of a list goes to its first
// line.
const actions = () => [...document.querySelectorAll(".desk-lines .next")];

function step(by) {
  const all = actions();
  const place = all.indexOf(document.activeElement);
  const section = document.activeElement.closest?.(".desk-section");
  const first = section ? all.findIndex((x) => section.compareDocumentPosition(x) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
  const next = place >= 0 ? place + by : Math.max(first, 0);
  all.at(Math.min(Math.max(next, 0), all.length - 1))?.focus();
}

const ways = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input, textarea, select")) return;
  if (event.key in ways) {
    event.preventDefault();
    step(ways[event.key]);
  }
  if (event.key === "o") {
    document.activeElement.closest?.("li")?.querySelector(".line-reference")?.click();
  }
});
document.querySelector(".desk-lists")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const section = document.querySelector(link.getAttribute("href"));
  const line = section.querySelector(".next");
  section.scrollIntoView({ block: "start" });
  (line ?? section).focus({ preventScroll: true });
});
