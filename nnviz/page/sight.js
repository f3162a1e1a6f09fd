// What there is to see of the page, and scrolling on to what is not.

const GAP = 8; // px that stay free around what is brought into sight
const NAME = 30; // px that a neuron's name takes above it

// From where to where a part of the page reaches; the network, with its neurons and their names.
function reachOf(part) {
  const neurons = part.matches(".st-key-network") ? [...part.querySelectorAll(".point")] : [];
  if (!neurons.length) return part.getBoundingClientRect();
  const boxes = neurons.map((neuron) => neuron.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top)) - NAME;
  return { top, bottom: Math.max(...boxes.map((box) => box.bottom)) };
}

// How far down the page is seen: to the bar, or to the lesson where that is a sheet at the foot.
function lowestSeen() {
  const tops = [...document.querySelectorAll(".nnviz-player, .st-key-lesson")].map(
    (part) => part.getBoundingClientRect().top,
  );
  return Math.min(innerHeight, ...tops.filter((top) => top > innerHeight / 3));
}

// Scroll the page by so many pixels; part: anything on it.
function scrollOn(part, by) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  if (by) part.closest(".stMain")?.scrollBy({ top: by, behavior });
}
