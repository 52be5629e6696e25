// A month of totals, typed like a spreadsheet: Enter and the arrows go up and down, a
// block copied from a sheet is pasted where one stands, and the sums follow.
const table = document.querySelector("[data-totals]");
const rows = [...table.querySelectorAll("tbody tr[data-before]")];
const done = ["early", "on_time", "overdue", "withdrawn"];

const inputs = (row) => [...row.querySelectorAll("input[data-name]")];
const number = (text) => (/^[0-9. ]+$/.test(text) ? Number(text.replace(/[. ]/g, "")) : 0);
const typed = (row, name) => number(row.querySelector(`input[data-name=${name}]`)?.value ?? "");
const write = (name, sum) => {
  const cell = table.querySelector(`[data-sum=${name}]`);
  if (cell) cell.textContent = sum.toLocaleString("vi-VN");
};

function add() {
  const sums = { left: 0, before: 0 };
  for (const row of rows) {
    const before = Number(row.dataset.before) + typed(row, "carried_in");
    const left = before + typed(row, "received") - done.reduce((sum, name) => sum + typed(row, name), 0);
    const cell = row.querySelector("[data-left]");
    cell.textContent = left.toLocaleString("vi-VN");
    cell.classList.toggle("short", left < 0);
    sums.left += left;
    sums.before += before;
    for (const input of inputs(row)) sums[input.dataset.name] = (sums[input.dataset.name] ?? 0) + number(input.value);
  }
  Object.entries(sums).forEach(([name, sum]) => write(name, sum));
}

// The input in the same column, so many rows further that can be typed into.
function beside(input, by) {
  let place = rows.indexOf(input.closest("tr"));
  let found = null;
  do {
    place += by;
    found = rows[place]?.querySelector(`input[data-name=${input.dataset.name}]`);
  } while (!found && rows[place]);
  return found;
}

table.addEventListener("input", add);
table.addEventListener("keydown", (event) => {
  const ways = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in ways) || !event.target.dataset.name) return;
  event.preventDefault();
  const next = beside(event.target, ways[event.key]);
  next?.focus();
  next?.select();
});
table.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  if (!event.target.dataset.name || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  let first = event.target;
  for (const line of text.split(/\r?\n/)) {
    if (!first) break;
    const across = inputs(first.closest("tr"));
    const place = across.indexOf(first);
    line.split("\t").forEach((value, n) => { if (across[place + n]) across[place + n].value = value.trim(); });
    first = beside(first, 1);
  }
  add();
});
