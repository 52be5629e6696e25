// The button of a printed form; an address that ends with #print opens the dialog.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
if (location.hash === "#print") window.addEventListener("load", () => window.print());
