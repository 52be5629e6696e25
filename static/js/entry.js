// Keys of the entry page. Enter after the procedure code (typed or scanned) goes
// on to the applicant instead of saving; Alt+B and Alt+T choose the public post
// for the way in and the way out.
const code = document.getElementById("id_procedure_code");
const applicant = document.getElementById("id_applicant_name");
const refresh = () => htmx.trigger(code, "refresh");

code.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    refresh();
    applicant.focus();
  }
});
document.getElementById("id_received_on").addEventListener("change", refresh);
document.getElementById("promise").addEventListener("click", (event) => {
  const guess = event.target.closest(".guess");
  if (guess) {
    code.value = guess.dataset.code;
    refresh();
    applicant.focus();
  }
});

const byPost = {
  b: ["intake_channel", "id_item_number"],
  t: ["return_channel", "id_return_same_as_applicant"],
};
document.addEventListener("keydown", (event) => {
  const keys = event.altKey && !event.ctrlKey && byPost[event.key.toLowerCase()];
  if (keys) {
    event.preventDefault();
    document.querySelector(`[name=${keys[0]}][value=public_post]`).click();
    document.getElementById(keys[1]).focus();
  }
});

// A new empty line of papers appears as soon as the last one is written in.
document.getElementById("entry").addEventListener("input", (event) => {
  const line = event.target.closest("#papers tbody tr:last-child");
  const total = document.getElementById("id_papers-TOTAL_FORMS");
  if (!line || !event.target.name.endsWith("-name") || Number(total.value) >= 50) return;
  const place = Number(total.value);
  const next = line.cloneNode(true);
  for (const part of next.querySelectorAll("[name], [for]")) {
    for (const kind of ["name", "id", "htmlFor"]) {
      if (part[kind]) part[kind] = part[kind].replace(/papers-\d+/, `papers-${place}`);
    }
    if (part.name?.endsWith("-name") || part.name?.endsWith("-sheets")) part.value = "";
  }
  line.after(next);
  total.value = place + 1;
});
