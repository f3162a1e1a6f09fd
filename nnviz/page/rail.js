// After an answer, or on another station: the focus goes there, and a screen reader says it.

const PATIENCE = 40; // of the screen's frames, for Streamlit to draw it

const PLACES = {
  station: ".nnviz-station",
  attempt: ".st-key-attempt",
};

const placeOf = (to) =>
  document.querySelector(`.st-key-lesson ${PLACES[to] ?? `[class*="st-key-${to}-"]`}`);

function turn(to, frames = PATIENCE) {
  const place = placeOf(to);
  if (!place) return frames && requestAnimationFrame(() => turn(to, frames - 1));
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: to === "station" ? "end" : "nearest" });
}

// Whoever leaves is where they came in.
function leave(frames = PATIENCE) {
  if (document.querySelector(".st-key-lesson")) return; // it was only folded
  const button = document.querySelector(".st-key-lesson_open button:not(:disabled)");
  if (button) button.focus();
  else if (frames) requestAnimationFrame(() => leave(frames - 1));
}

export default function ({ data, parentElement }) {
  const rail = document.querySelector(".st-key-lesson");
  rail?.setAttribute("role", "region");
  rail?.setAttribute("aria-label", "Lesson");
  const aloud = parentElement.querySelector(".nnviz-aloud");
  if (data.token && data.token !== window.nnvizTurned) {
    window.nnvizTurned = data.token;
    aloud.textContent = data.said;
    requestAnimationFrame(() => turn(data.to));
  }
  return () => requestAnimationFrame(() => leave());
}
