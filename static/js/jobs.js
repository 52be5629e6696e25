// The tab says how far the work is, for who looks at another one meanwhile.
const words = document.title;

function tell() {
  const percent = document.querySelector("#job")?.dataset.percent;
  document.title = percent === undefined ? words : `${percent}% · ${words}`;
}

document.addEventListener("htmx:afterSettle", tell);
tell();

// A button held down just when its part is drawn anew would lose the press.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.matches("#job:active, #job-lines:active")) event.detail.shouldSwap = false;
});
