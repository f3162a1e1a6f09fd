// An open menu comes next after its button, for the keyboard too: Streamlit draws it at the page's
// end, behind all else that can have the focus.

const OPENED = "[data-testid=stPopoverButton][aria-expanded=true]";
const FIRST = `[data-testid=stPopoverBody]
  :is(button, a, input, select, textarea, [tabindex="0"]):not(:disabled)`;

function enter(event) {
  const goesOn = event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey);
  if (!goesOn || !event.target.closest?.(OPENED)) return;
  const first = document.querySelector(FIRST);
  if (!first) return;
  event.preventDefault();
  first.focus();
}

export default function () {
  document.addEventListener("keydown", enter, { capture: true });
  return () => document.removeEventListener("keydown", enter, { capture: true });
}
