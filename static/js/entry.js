// Enter after the procedure code (typed or scanned) goes on to the applicant
// instead of saving; a guess fills the code; a change of day asks again.
const code = document.getElementById("id_procedure_code");
const refresh = () => htmx.trigger(code, "refresh");

code.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    refresh();
    document.getElementById("id_applicant_name").focus();
  }
});
document.getElementById("id_received_on").addEventListener("change", refresh);
document.getElementById("promise").addEventListener("click", (event) => {
  const guess = event.target.closest(".guess");
  if (guess) {
    code.value = guess.dataset.code;
    refresh();
    document.getElementById("id_applicant_name").focus();
  }
});
