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

// Lines typed by hand stay when another procedure brings its own list.
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.id !== "papers") return;
  const typed = [...document.querySelectorAll("#papers [name$='-name']")]
    .filter((field) => field.value && field.value !== field.defaultValue)
    .map((field) => field.value);
  document.body.addEventListener("htmx:oobAfterSwap", () => {
    for (const text of typed) {
      const last = [...document.querySelectorAll("#papers [name$='-name']")].at(-1);
      last.value = text;
      last.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, { once: true });
});

// The draft: kept with every key, brought back after an expired sign-in.
const entry = document.getElementById("entry");
const isFresh = !entry.querySelector(".faults, .notice");
const kept = isFresh && JSON.parse(sessionStorage.getItem(draftKey) ?? "null");
const notKept = ["csrfmiddlewaretoken", "accepted_doubts", "papers_for"];

if (kept) {
  for (const [name, value] of kept) {
    for (const field of entry.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type !== "checkbox" && !name.startsWith("papers-")) field.value = value;
    }
  }
  const same = entry.querySelector("[name=return_same_as_applicant]");
  same.checked = kept.some(([name]) => name === same.name);
  document.getElementById("kept").hidden = false;
  // Only then has htmx taken up the page.
  addEventListener("load", refresh);
}
entry.addEventListener("input", () => {
  const typed = [...new FormData(entry)].filter(([name]) => !notKept.includes(name));
  sessionStorage.setItem(draftKey, JSON.stringify(typed));
});
document.getElementById("forget").addEventListener("click", () => {
  sessionStorage.removeItem(draftKey);
  location.reload();
});
