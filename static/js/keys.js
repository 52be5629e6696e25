// Keys. Whatever has data-key answers to that key: a link or button is pressed, a field
// gets the focus. data-key-shown names keys that another script answers to. "?" tells
// of those that work here, and of no others.
const keysDialog = document.getElementById("keys");
const isWrittenIn = (place) => place.closest?.(
  "textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])",
);
const isSeen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

function pressed(event) {
  if (event.ctrlKey || event.metaKey) return "";
  if (!event.altKey) return event.key;
  // With Alt some keyboards write other letters: the place of the key counts.
  return `Alt+${event.code.replace(/^(Digit|Numpad|Key)/, "")}`;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const key = pressed(event);
  const mayAnswer = key && (event.altKey || !isWrittenIn(event.target));
  if (mayAnswer && key === "?") {
    event.preventDefault();
    showKeys();
    return;
  }
  const answering = mayAnswer
    && [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isSeen);
  if (answering) {
    event.preventDefault();
    if (isWrittenIn(answering)) answering.focus();
    else answering.click();
  }
  const saves = (event.ctrlKey || event.metaKey) && ["Enter", "s", "S"].includes(event.key);
  const form = saves && event.target.closest("main form[method=post]");
  if (form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.primary"));
  }
});

function showKeys() {
  const list = keysDialog.querySelector("dl");
  list.replaceChildren();
  const tell = (keys, words) => {
    const term = document.createElement("dt");
    for (const key of keys.split(" ")) {
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    }
    const told = Object.assign(document.createElement("dd"), { textContent: words.trim() });
    list.append(term, told);
  };
  for (const element of document.querySelectorAll("[data-key], [data-key-shown]")) {
    if (!isSeen(element)) continue;
    const { key, keyShown, keyWords } = element.dataset;
    tell(keyShown ?? key, keyWords ?? element.ariaLabel ?? element.textContent);
  }
  const primary = [...document.querySelectorAll("main form[method=post] button.primary")];
  const saving = primary.find(isSeen);
  if (saving) tell("Ctrl+Enter", saving.textContent.replace("Ctrl+Enter", ""));
  tell("?", keysDialog.dataset.words);
  keysDialog.showModal();
}
document.getElementById("keys-open")?.addEventListener("click", showKeys);
keysDialog?.addEventListener("keydown", (event) => {
  if (event.key === "?") keysDialog.close();
});

// A strip of tabs that is wider than the phone begins where we are.
document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
});

// On a phone the list comes first; the filters are one touch away.
if (matchMedia("(max-width: 48rem)").matches) {
  document.querySelectorAll(".filter-box").forEach((box) => box.removeAttribute("open"));
}

// The copy of what was typed (drafts.js) goes when it has become a dossier, and when
// somebody signs out.
const draftPrefix = `draft:${document.body.dataset.user}:`;
for (const said of document.querySelectorAll(".messages .draft-gone")) {
  const kept = [...said.classList].find((name) => name.startsWith("kept-"));
  if (kept) sessionStorage.removeItem(draftPrefix + kept.slice("kept-".length));
}
document.querySelector("form[action$='/logout/']")?.addEventListener("submit", () => {
  sessionStorage.clear();
});
