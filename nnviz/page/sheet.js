// A sheet of matrices: a cell of a result can be picked, and what made it lights up.

const make = (tag, properties = {}, ...children) => {
  const el = Object.assign(document.createElement(tag), properties);
  el.append(...children);
  return el;
};

// No line breaks within a product or a quotient, and a minus is as wide as a plus.
const unbroken = (text) => text.replaceAll(/ ([/·÷⊙]) /g, "\u00a0$1\u00a0");
const trueMinus = (text) => text.replaceAll("-", "−");

// The matrix as a spreadsheet takes it, every number in full.
const asText = ({ columns, rows, exact }) =>
  [["", ...columns], ...exact.map((row, i) => [rows[i], ...row])]
    .map((line) => line.join("\t"))
    .join("\n");

async function copy(button, text) {
  if (!(await copyText(text))) return;
  button.textContent = "copied";
  setTimeout(() => (button.textContent = "copy"), 1200);
}

function matrix(part, onPick) {
  const number = (text, i, j) => {
    const title = trueMinus(part.exact[i][j]);
    const onclick = () => onPick(i, j);
    const content = onPick
      ? make("button", { type: "button", title, onclick }, text)
      : make("span", { title }, text);
    const cell = make("td", {}, content);
    cell.style.backgroundColor = part.tints[i][j];
    return cell;
  };
  const name = (text, scope) => (text ? make("th", { scope, title: text }, text) : make("td"));
  const head = make("tr", {}, make("td"), ...part.columns.map((text) => name(text, "col")));
  const body = part.shown.map((row, i) =>
    make("tr", {}, name(part.rows[i], "row"), ...row.map((text, j) => number(text, i, j))),
  );
  return make("table", {}, caption(part), make("thead", {}, head), make("tbody", {}, ...body));
}

function caption(part) {
  const button = make("button", { type: "button", className: "nnviz-copy" }, "copy");
  button.setAttribute("aria-label", `Copy ${part.name}`);
  button.onclick = () => copy(button, asText(part));
  const shape = ` ${part.shape}${part.cut ? ", in part" : ""} `;
  return make("caption", {}, make("b", {}, part.name), shape, button);
}

function block(content, picked, keep) {
  const { finding, sentence, formula, note, footnote, signs = [], parts, cells } = content;
  picked = content.picked ?? picked; // the cell that is blank
  const written = make("p", { className: "nnviz-written" });
  written.setAttribute("aria-live", "polite");
  const tables = parts.map((part, k) => matrix(part, cells && k === parts.length - 1 && pick));

  function pick(i, j) {
    const { name, text, more, lit } = cells[i][j];
    const at = (part, row, column) => tables[part].tBodies[0].rows[row].cells[column + 1];
    for (const table of tables)
      for (const cell of table.querySelectorAll(".lit, .picked")) cell.className = "";
    for (const [part, rows, columns] of lit)
      for (const row of rows) for (const column of columns) at(part, row, column).className = "lit";
    at(parts.length - 1, i, j).className = "picked";
    written.replaceChildren(
      make("b", {}, name),
      unbroken(` = ${text}`),
      ...more.map((line) => make("span", {}, unbroken(line))),
    );
    keep([i, j]);
  }

  const row = make("div", { className: "nnviz-matrices" });
  tables.forEach((table, k) => {
    row.append(make("div", { className: "nnviz-matrix" }, table));
    if (k < signs.length) row.append(make("span", { className: "nnviz-sign" }, signs[k]));
  });
  if (cells) pick(...(cells[picked[0]]?.[picked[1]] ? picked : [0, 0]));
  const say = (className, text) => (text ? [make("p", { className }, unbroken(text))] : []);
  const [stressed, because] = finding ?? [];
  return make(
    "section",
    {},
    // What differs in length stands below, so that the matrices stay where they are.
    ...say("nnviz-formula", formula),
    row,
    ...(cells ? [written] : []),
    ...(stressed ? [make("p", {}, make("b", {}, stressed), unbroken(because))] : []),
    ...say("", sentence),
    ...say("nnviz-remark", note),
    ...say("nnviz-footnote", footnote),
  );
}

// Scroll on, as far as the network stays in sight, until the matrices of another step are; unless
// it is the lesson that goes on, and speaks of something else.
function bringStepIntoSight(root) {
  const lesson = document.activeElement?.closest(".st-key-lesson");
  if (lesson && lesson.dataset.sight !== "network") return;
  const network = document.querySelector(".st-key-network");
  const rows = [...root.querySelectorAll(".nnviz-matrices")];
  const hidden = rows.at(-1).getBoundingClientRect().bottom + GAP - lowestSeen();
  const free = network ? reachOf(network).top : hidden;
  scrollOn(root, Math.max(0, Math.min(hidden, free)));
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".nnviz-sheet");
  const picks = (root.picks ??= []); // which cell, in each block, as long as the sheet is there
  const focused = [...root.querySelectorAll("td button")].indexOf(document.activeElement);
  root.replaceChildren(
    ...data.map((content, k) => block(content, picks[k] ?? [0, 0], (cell) => (picks[k] = cell))),
  );
  if (focused >= 0) root.querySelectorAll("td button")[focused]?.focus();
  const shown = data.map(({ formula }) => formula).join();
  if (root.shown && root.shown !== shown) requestAnimationFrame(() => bringStepIntoSight(root));
  root.shown = shown;
}
