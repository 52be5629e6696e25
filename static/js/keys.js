// "/" goes to the jump box; Ctrl+Enter or Ctrl+S saves the form one is in.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  const jump = document.getElementById("jump");
  if (event.key === "/" && !typing && jump) {
    event.preventDefault();
    jump.focus();
  }
  const saves = (event.ctrlKey || event.metaKey) && ["Enter", "s", "S"].includes(event.key);
  const form = saves && event.target.closest("main form[method=post]");
  if (form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.primary"));
  }
});

// On a phone the list comes first; the filters are one touch away.
if (matchMedia("(max-width: 48rem)").matches) {
  document.querySelectorAll(".filter-box").forEach((box) => box.removeAttribute("open"));
}

// What was typed of a new dossier stays in this tab until it has been saved; it
// goes when somebody signs out.
const draftKey = `draft:${document.body.dataset.user}`;
if (document.querySelector(".messages .entry-saved")) sessionStorage.removeItem(draftKey);
document.querySelector("form[action$='/logout/']")?.addEventListener("submit", () => {
  sessionStorage.clear();
});
