// The postman is here: the field keeps the focus, a scanner may be faster than the
// line, and each result is heard as well as seen. What has been scanned waits in a
// queue of this tab until the server has answered for it: nothing is lost.
const form = document.getElementById("scanner");
const field = document.getElementById("scanned");
const pile = document.getElementById("pile");
const queueKey = `scans:${form.action}`;
const queue = JSON.parse(sessionStorage.getItem(queueKey) ?? "[]");
let isSending = false;

const tones = { added: [880], envelope: [660, 880], double: [330, 330], unknown: [220, 165], wrong: [220, 165] };
let sound;

function play(outcome) {
  const notes = tones[outcome];
  if (!notes || !window.AudioContext) return;
  sound ??= new AudioContext();
  notes.forEach((pitch, place) => {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    const start = sound.currentTime + place * 0.12;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.15, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.1);
    tone.connect(loudness).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.11);
  });
}

function keep() {
  sessionStorage.setItem(queueKey, JSON.stringify(queue));
}

function sayWaiting() {
  const told = pile.querySelector(".scan-result");
  told.className = "scan-result wrong";
  told.textContent = form.dataset.notSent.replace("{n}", queue.length);
}

async function send(text) {
  const body = new FormData(form);
  body.set("scanned", text);
  const answer = await fetch(form.action, {
    method: "POST", body, headers: { "HX-Request": "true" }, redirect: "error",
  });
  const fragment = await answer.text();
  if (!answer.ok || !fragment.includes("scan-result")) throw new Error(answer.status);
  return fragment;
}

async function pump() {
  if (isSending || !queue.length) return;
  isSending = true;
  try {
    while (queue.length) {
      pile.innerHTML = await send(queue[0]);
      queue.shift();
      keep();
      htmx.process(pile);
      play(pile.querySelector(".scan-result").dataset.outcome);
    }
  } catch {
    sayWaiting();
  }
  isSending = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) queue.push(field.value.trim());
  field.value = "";
  keep();
  pump();
});
// Focused only now: what is scanned before this line would leave the page.
field.focus();
addEventListener("online", pump);
setInterval(pump, 3000);
pump();

// Undoing a line swaps the list by htmx; the next scan finds the field ready.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === pile) field.focus();
});
// Before any other key of the page: a scan may begin with a letter that means one.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (typing || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === " " || event.key === "?") return;
  event.stopImmediatePropagation();
  field.focus();
}, true);
// Signing waits for what is still on its way.
document.querySelectorAll("form[action$='/sign/']").forEach((signing) => {
  signing.addEventListener("submit", (event) => {
    if (!queue.length) return;
    event.preventDefault();
    sayWaiting();
    pump();
  });
});
