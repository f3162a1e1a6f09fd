// After an answer, or on another station: the focus goes there, and a screen reader says it; and
// what it speaks of comes into sight.

const PATIENCE = 120; // of the screen's frames, for Streamlit to draw it
const LOOKS = 20; // at what is to stay in sight, once all is drawn
const LOOKS_EVERY = 500; // ms

const PLACES = {
  station: ".nnviz-station",
  attempt: ".st-key-attempt",
};

// Once Streamlit has drawn something, go on with it.
function when(find, then, frames = PATIENCE) {
  const found = find();
  if (found) then(found);
  else if (frames) requestAnimationFrame(() => when(find, then, frames - 1));
}

// A part of the page, unless it is in a tab that has not come to the front yet.
function drawn(name) {
  const part = document.querySelector(`.st-key-${name}`);
  return part?.offsetHeight ? part : null;
}

const placeOf = (to) =>
  document.querySelector(`.st-key-lesson ${PLACES[to] ?? `[class*="st-key-${to}-"]`}`);

function turn(place, to) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: to === "station" ? "end" : "nearest" });
}

// The end of a part first, if there is no room for all of it.
function bringIntoSight(part) {
  const { top, bottom } = reachOf(part);
  const hidden = Math.max(0, Math.min(bottom + GAP - lowestSeen(), top - GAP));
  scrollOn(part, top < 0 ? top - GAP : hidden);
}

let looking = new AbortController(); // one part is looked after at a time

// What is drawn meanwhile and later may move a part away again, so it is looked after; a person who
// acts in that time has the page. A screen reader presses a button without any of these events.
function keepInSight(name) {
  looking.abort();
  const { signal } = (looking = new AbortController());
  const stop = () => signal.aborted || looking.abort();
  for (const type of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(type, stop, { signal, capture: true });
  const look = (times) => {
    if (signal.aborted) return;
    const part = drawn(name);
    if (part) bringIntoSight(part);
    const left = isDrawing() ? LOOKS : times - 1;
    setTimeout(() => (left ? look(left) : stop()), LOOKS_EVERY);
  };
  look(LOOKS);
}

const isDrawing = () => document.querySelector(".stApp")?.dataset.testScriptState === "running";

// Whoever leaves is where they came in.
function leave() {
  if (document.querySelector(".st-key-lesson")) return; // it was only folded
  looking.abort();
  const button = () => document.querySelector(".st-key-lesson_open button:not(:disabled)");
  when(button, (found) => found.focus());
}

export default function ({ data, parentElement }) {
  const rail = document.querySelector(".st-key-lesson");
  rail?.setAttribute("role", "region");
  rail?.setAttribute("aria-label", "Lesson");
  if (rail) rail.dataset.sight = data.sight;
  const aloud = parentElement.querySelector(".nnviz-aloud");
  if (data.token && data.token !== window.nnvizTurned) {
    window.nnvizTurned = data.token;
    aloud.textContent = data.said;
    requestAnimationFrame(() => {
      when(
        () => placeOf(data.to),
        (place) => turn(place, data.to),
      );
      if (data.sight) keepInSight(data.sight);
    });
  }
  return () => requestAnimationFrame(() => leave());
}
