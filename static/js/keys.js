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
