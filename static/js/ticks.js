// Buttons that tick all boxes of a name, or none of them.
document.querySelectorAll("[data-tick], [data-untick]").forEach((button) => {
  const name = button.dataset.tick ?? button.dataset.untick;
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) {
      box.checked = "tick" in button.dataset;
    }
  });
});
