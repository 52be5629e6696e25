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
const MOST_LINES = 50;
const part = (line, name) => line.querySelector(`[name$="-${name}"]`);
const lines = () => [...document.querySelectorAll("#papers tbody tr")];

function addLine() {
  const total = document.getElementById("id_papers-TOTAL_FORMS");
  const place = Number(total.value);
  if (place >= MOST_LINES) return;
  const next = lines().at(-1).cloneNode(true);
  for (const piece of next.querySelectorAll("[name], [for]")) {
    for (const kind of ["name", "id", "htmlFor"]) {
      if (piece[kind]) piece[kind] = piece[kind].replace(/papers-\d+/, `papers-${place}`);
    }
  }
  part(next, "name").value = "";
  part(next, "sheets").value = "";
  part(next, "quantity").value = 1;
  lines().at(-1).after(next);
  total.value = place + 1;
}
document.getElementById("entry").addEventListener("input", (event) => {
  const isName = event.target.name?.startsWith("papers-") && event.target.name.endsWith("-name");
  if (isName && event.target.closest("tr") === lines().at(-1)) addLine();
});

// Lines typed by hand stay, with all that was typed of them, when another procedure
// brings its own list.
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.id !== "papers") return;
  const names = ["name", "form", "quantity", "sheets"];
  const own = lines()
    .filter((line) => "own" in line.dataset || part(line, "name").value !== part(line, "name").defaultValue)
    .map((line) => names.map((name) => [name, part(line, name).value]))
    .filter(([[, text]]) => text);
  document.body.addEventListener("htmx:oobAfterSwap", () => {
    for (const values of own) {
      const last = lines().at(-1);
      for (const [name, value] of values) part(last, name).value = value;
      last.dataset.own = "";
      addLine();
    }
  }, { once: true });
});
