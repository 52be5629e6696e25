// The editor of a report's words. A reference such as {2019:received} is shown as the
// figure it stands for and moves or goes as one piece; the field below keeps the text.
const form = document.querySelector(".words-form");
const values = JSON.parse(document.getElementById("reference-values").textContent);
const REFERENCE = /\{[0-9A-Za-z@.-]{1,40}:[0-9A-Za-z_.-]{1,80}\}/g;
const kept = `draft:${document.body.dataset.user}:words:${location.pathname}:`;
const storage = kept + form.elements.seen.value;
let last = null; // the editor and the place in it where the cursor was
let isChanged = false;

function chip(reference) {
  const piece = document.createElement("span");
  piece.className = "figure-chip";
  piece.contentEditable = "false";
  piece.dataset.reference = reference;
  piece.title = reference;
  piece.textContent = values[reference] ?? reference;
  piece.classList.toggle("is-unknown", !(reference in values));
  return piece;
}

function draw(editor, text) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(REFERENCE)) {
    pieces.push(text.slice(from, found.index), chip(found[0]));
    from = found.index + found[0].length;
  }
  // A line of its own, so that the cursor can stand behind a figure at the end.
  editor.replaceChildren(...pieces, text.slice(from) || "\u200b");
}

function read(node) {
  if (node.dataset?.reference) return node.dataset.reference;
  if (node.nodeName === "BR") return "\n";
  if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll("\u200b", "");
  const text = [...node.childNodes].map(read).join("");
  return node.nodeName === "DIV" && node.previousSibling ? `\n${text}` : text;
}

function keep(editor) {
  editor.field.value = [...editor.childNodes].map(read).join("");
  isChanged = true;
  const typed = Object.fromEntries(
    [...form.querySelectorAll("textarea.words")].map((field) => [field.name, field.value]),
  );
  try { sessionStorage.setItem(storage, JSON.stringify(typed)); } catch { /* full */ }
}

function dress(field) {
  const editor = document.createElement("div");
  editor.className = "words-editor";
  editor.contentEditable = "plaintext-only";
  if (editor.contentEditable !== "plaintext-only") editor.contentEditable = "true";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.ariaLabel = field.labels[0]?.textContent.trim() || field.ariaLabel || "";
  editor.lang = "vi";
  editor.field = field;
  draw(editor, field.value);
  editor.addEventListener("input", () => keep(editor));
  // Letters are words here, and no shortcuts (keys.js).
  editor.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  editor.addEventListener("focusout", () => {
    // Only when a reference was typed: drawing anew would lose the place of the cursor.
    const references = field.value.match(REFERENCE) ?? [];
    if (references.length !== editor.querySelectorAll(".figure-chip").length) draw(editor, field.value);
  });
  field.hidden = true;
  field.after(editor);
}

document.addEventListener("selectionchange", () => {
  const place = getSelection();
  const editor = place.rangeCount && place.anchorNode?.parentElement?.closest(".words-editor");
  const within = editor || (place.anchorNode?.classList?.contains("words-editor") && place.anchorNode);
  if (within) last = { editor: within, range: place.getRangeAt(0).cloneRange() };
});

// Before the editor loses the cursor and is drawn anew.
document.querySelector(".palette").addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-reference]")) event.preventDefault();
});
document.querySelector(".palette").addEventListener("click", (event) => {
  const reference = event.target.closest("[data-reference]")?.dataset.reference;
  if (!reference) return;
  const editor = last?.editor ?? document.querySelector(".words-editor");
  const piece = chip(reference);
  if (last && editor.contains(last.range.startContainer)) {
    last.range.deleteContents();
    last.range.insertNode(piece);
  } else editor.append(piece);
  // The cursor goes on behind the figure, in text that it can stand in.
  const behind = piece.nextSibling;
  if (behind?.nodeType !== Node.TEXT_NODE || !behind.data) piece.after("\u200b");
  keep(editor);
  editor.focus();
  const added = piece.nextSibling.data.startsWith("\u200b");
  getSelection().collapse(piece.nextSibling, added ? 1 : 0);
});

const search = document.getElementById("palette-search");
search.hidden = false;
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
});
search.addEventListener("input", () => {
  const words = search.value.toLocaleLowerCase("vi").split(/\s+/).filter(Boolean);
  for (const group of document.querySelectorAll(".palette details")) {
    let found = 0;
    for (const line of group.querySelectorAll("li")) {
      const text = line.textContent.toLocaleLowerCase("vi");
      line.hidden = !words.every((word) => text.includes(word));
      found += !line.hidden;
    }
    group.hidden = !found;
    if (words.length) group.open = true;
  }
});

// What was typed and never arrived, for instance because the sign-in had expired.
for (const key of Object.keys(sessionStorage)) {
  if (key.startsWith(kept) && key !== storage) sessionStorage.removeItem(key);
}
const typed = JSON.parse(sessionStorage.getItem(storage) ?? "{}");
for (const field of form.querySelectorAll("textarea.words")) {
  if (field.name in typed && typed[field.name] !== field.value) {
    field.value = typed[field.name];
    isChanged = true;
  }
  dress(field);
}
form.addEventListener("submit", () => { isChanged = false; });
addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
