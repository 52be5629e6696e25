// Drafts. Two seconds after a change the page is kept on the server, and says so. Until
// the server has it a copy stays in this tab, so that nothing typed is lost with the
// server or with the sign-in; what was left over is sent when the next page opens.
const entryForm = document.getElementById("entry");
const state = document.getElementById("draft-state");
const PAUSE = 2000; // milliseconds
const PAUSE_AFTER_FAULT = 10000;
const LONGEST_WAIT = 15000;

function copies() {
  return Object.keys(sessionStorage)
    .filter((name) => name.startsWith(draftPrefix))
    .map((name) => JSON.parse(sessionStorage.getItem(name)));
}
const store = (copy) => sessionStorage.setItem(draftPrefix + copy.key, JSON.stringify(copy));
const forget = (copy) => sessionStorage.removeItem(draftPrefix + copy.key);
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function newKey() {
  const letters = crypto.getRandomValues(new Uint8Array(16));
  return [...letters].map((letter) => letter.toString(16).padStart(2, "0")).join("");
}

// The answer of the server; throws the words of what went wrong.
async function send(copy) {
  const body = new URLSearchParams(copy.fields);
  body.set("seen", copy.seen);
  let answer, told;
  try {
    answer = await fetch(copy.address.replace("KEY", copy.key), {
      method: "POST",
      body,
      redirect: "manual",
      keepalive: String(body).length < 60000,
      signal: AbortSignal.timeout(LONGEST_WAIT),
      headers: { "X-CSRFToken": token() },
    });
    if (answer.type === "opaqueredirect") throw new Error("signed-out");
    told = await answer.json();
  } catch (fault) {
    const name = fault.message === "signed-out" ? "draft-signed-out" : "draft-silent";
    throw new Error(document.getElementById(name)?.innerHTML ?? "");
  }
  if (answer.status === 409) {
    // Another tab has changed it, or it is gone: this text becomes one of its own.
    forget(copy);
    copy.key = newKey();
    copy.seen = "";
    store(copy);
    return send(copy);
  }
  if (!answer.ok) throw new Error(told.words);
  return told;
}

function show(name, words) {
  state.hidden = false;
  state.dataset.state = name;
  if (words !== undefined) {
    document.getElementById(name === "failed" ? "draft-fault" : "draft-words").textContent = words;
  }
}

function keepPage() {
  const copy = {
    key: entryForm.elements.draft.value,
    seen: state.dataset.seen,
    address: state.dataset.address,
    page: state.dataset.page,
  };
  let isChanged = false;
  let underWay = null;
  let timer = null;
  let isLeaving = false;

  const read = () => {
    copy.fields = [...new FormData(entryForm)].filter(([name]) => name !== "csrfmiddlewaretoken");
    store(copy);
  };
  const soon = (pause) => { timer ??= setTimeout(keep, pause); };
  const changed = () => {
    isChanged = true;
    copy.wanted = false;
    read();
    if (state.dataset.state !== "failed") show("saving");
    soon(PAUSE);
  };

  async function keep() {
    clearTimeout(timer);
    timer = null;
    if (!isChanged || isLeaving) return;
    if (underWay) {
      soon(PAUSE);
      return;
    }
    isChanged = false;
    show("saving");
    underWay = send(copy);
    try {
      const told = await underWay;
      copy.seen = told.seen;
      entryForm.elements.draft.value = copy.key;
      if (isChanged) store(copy);
      else forget(copy);
      show(told.seen ? "kept" : "none", told.words);
      if (told.seen) history.replaceState(null, "", `${copy.page}?draft=${copy.key}`);
    } catch (fault) {
      isChanged = true;
      copy.wanted = true;
      store(copy);
      show("failed", fault.message);
      soon(PAUSE_AFTER_FAULT);
    } finally {
      underWay = null;
    }
  }

  entryForm.addEventListener("input", changed);
  document.body.addEventListener("htmx:oobAfterSwap", changed);
  document.getElementById("draft-retry").addEventListener("click", keep);
  addEventListener("blur", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", keep);
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("beforeunload", (event) => {
    if (state.dataset.state === "failed" && !isLeaving) event.preventDefault();
  });
  entryForm.addEventListener("submit", async (event) => {
    read();
    copy.wanted = true;
    store(copy);
    if (underWay) {
      // What is under way must not arrive after the dossier and leave a draft behind.
      event.preventDefault();
      await Promise.race([underWay.catch(() => {}), new Promise((go) => { setTimeout(go, PAUSE); })]);
      underWay = null;
      entryForm.requestSubmit(event.submitter);
      return;
    }
    isLeaving = true;
    if (token()) entryForm.elements.csrfmiddlewaretoken.value = token();
  });
  show(state.dataset.state);
  if ("posted" in state.dataset) changed();
}

// What the tab still holds of earlier pages goes quietly to the list of drafts; the page
// that was lost with the sign-in is opened again where dossiers are entered.
async function sendLeftOver() {
  const here = entryForm?.elements.draft.value;
  for (const copy of copies()) {
    const isWanted = entryForm && (copy.wanted || copy.key === here);
    try {
      const told = await send(copy);
      if (copy.wanted && !entryForm) store({ ...copy, seen: told.seen });
      else forget(copy);
      if (isWanted && told.seen) {
        location.replace(`${copy.page}?draft=${copy.key}`);
        return;
      }
    } catch (fault) {
      if (isWanted) show("failed", fault.message);
    }
  }
}

if (state && "posted" in state.dataset) {
  keepPage();
} else {
  sendLeftOver().then(() => { if (entryForm) keepPage(); });
}
