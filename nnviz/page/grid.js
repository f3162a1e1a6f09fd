// The rows' numbers, as messages name them, in the grid's first column: Streamlit leaves it empty
// but for the box of the row that is pointed at or selected.

// So many lines are there: the names, the rows, and one to add another.
function numberRows(region, first) {
  const table = region.querySelector('table[role="grid"]');
  const scroller = region.querySelector(".dvn-scroller");
  if (!table || !scroller?.firstElementChild) return;
  const lines = Number(table.getAttribute("aria-rowcount"));
  const height = scroller.firstElementChild.clientHeight / lines;
  let column = region.querySelector(".nnviz-rows");
  if (!column) {
    column = document.createElement("div");
    column.className = "nnviz-rows";
    column.ariaHidden = "true"; // the grid tells a screen reader where it is
    region.append(column);
  }
  const from = Math.floor(scroller.scrollTop / height);
  const to = Math.min(lines - 2, from + Math.ceil(scroller.clientHeight / height));
  const boxed = (row) =>
    row === region.nnvizPointed ||
    table.querySelector(`tr[aria-rowindex="${row + 2}"][aria-selected="true"]`);
  column.style.top = `${height}px`;
  column.style.height = `${scroller.clientHeight - height}px`;
  column.replaceChildren(
    ...Array.from({ length: Math.max(0, to - from) }, (_, k) => {
      const number = document.createElement("span");
      number.textContent = boxed(from + k) ? "" : String(first + from + k);
      number.style.top = `${(from + k) * height - scroller.scrollTop}px`;
      number.style.lineHeight = `${height}px`;
      return number;
    }),
  );
}

const WIDTH = 33; // px, of the column of the boxes

// Of which row the box is pointed at, if of any.
function pointedRow(region, event) {
  const scroller = region.querySelector(".dvn-scroller");
  const lines = Number(region.querySelector('table[role="grid"]')?.getAttribute("aria-rowcount"));
  if (event.type === "pointerleave" || !scroller || !lines) return -1;
  const height = scroller.firstElementChild.clientHeight / lines;
  const { left, top } = scroller.getBoundingClientRect();
  const y = event.clientY - top;
  return y < height || event.clientX - left > WIDTH
    ? -1
    : Math.floor((y + scroller.scrollTop) / height) - 1;
}

export default function ({ data, parentElement }) {
  const block = parentElement.closest(".st-key-table");
  if (!block) return;
  const draw = () => {
    const region = block.querySelector('[data-testid="stDataFrameResizable"]');
    if (region) numberRows(region, data.first);
  };
  const point = (event) => {
    const region = block.querySelector('[data-testid="stDataFrameResizable"]');
    if (!region) return;
    const row = pointedRow(region, event);
    if (row === region.nnvizPointed) return;
    region.nnvizPointed = row;
    draw();
  };
  const changes = new MutationObserver((seen) => {
    if (seen.some(({ target }) => !target.closest?.(".nnviz-rows"))) draw();
  });
  changes.observe(block, {
    subtree: true,
    childList: true,
    attributeFilter: ["aria-rowcount", "aria-selected", "style"],
  });
  block.addEventListener("scroll", draw, true);
  block.addEventListener("pointermove", point);
  block.addEventListener("pointerleave", point);
  draw();
  return () => {
    changes.disconnect();
    block.removeEventListener("scroll", draw, true);
    block.removeEventListener("pointermove", point);
    block.removeEventListener("pointerleave", point);
  };
}
