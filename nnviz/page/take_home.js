// Pictures of the charts as they stand on the screen: Plotly's own export would draw them anew,
// without what the player has painted on them.

const HEAD = 34; // pixels above a chart, for its title
const LETTERS = 14; // pixels, the size of the title's where there is room
const WIDER = 1.35; // times the width of the font, for another
const SHARP = 3; // pixels of a PNG for each of the screen's
const UNSEEN = ".hoverlayer, .draglayer, .nsewdrag, .modebar-container"; // what is for the pointer
const LOOK = ["paint-order", "stroke", "stroke-width", "stroke-linejoin"]; // that a sheet gives

// The size of letters at which a title fits into a width, by the font and by a wider one, which
// another program may put in its place.
function fitting(title, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${LETTERS}px ${font}`;
  return Math.min(LETTERS, (LETTERS * width) / (WIDER * pen.measureText(title).width));
}

// A chart with its title, as an SVG that needs nothing beside it.
function pictureOf(plot, title, { ink, paper, font }) {
  const { width, height } = plot.getBoundingClientRect();
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const add = (name, given, text = "") => {
    const el = document.createElementNS(picture.namespaceURI, name);
    for (const [key, value] of Object.entries(given)) el.setAttribute(key, value);
    el.textContent = text;
    picture.append(el);
  };
  const size = { width: Math.round(width), height: Math.round(height) + HEAD };
  for (const [key, value] of Object.entries({
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
  }))
    picture.setAttribute(key, value);
  add("title", {}, title);
  add("rect", { width: "100%", height: "100%", fill: paper });
  const letters = fitting(title, size.width - 20, font);
  add("text", { x: 10, y: 22, fill: ink, "font-family": font, "font-size": letters }, title);
  for (const layer of plot.querySelectorAll(".main-svg")) {
    const copy = layer.cloneNode(true);
    const copies = [...copy.querySelectorAll("*")];
    [...layer.querySelectorAll("*")].forEach((el, i) => {
      const look = el.classList.contains("nnviz-halo") && getComputedStyle(el);
      for (const name of look ? LOOK : []) copies[i].style[name] = look.getPropertyValue(name);
      copies[i].style.removeProperty("vector-effect"); // or lines would not grow with the picture
    });
    for (const unseen of copy.querySelectorAll(UNSEEN)) unseen.remove();
    copy.removeAttribute("style");
    copy.setAttribute("y", HEAD);
    picture.append(copy);
  }
  return { size, text: new XMLSerializer().serializeToString(picture) };
}

async function drawn({ size, text }) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size.width * SHARP, size.height * SHARP];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".nnviz-pictures");
  const said = root.querySelector("span");
  const written = (name) => document.querySelector(`[data-testid="${name}"]`)?.textContent;
  for (const button of root.querySelectorAll("button"))
    button.onclick = async () => {
      const { chartOf, kind } = button.dataset;
      const plot = document.querySelector(`.st-key-${chartOf} .js-plotly-plot`);
      said.textContent = plot ? "" : `The ${chartOf} is not on this page.`;
      if (!plot) return;
      const style = getComputedStyle(root);
      const named = (name) => style.getPropertyValue(`--st-${name}`).trim();
      const colors = { ink: named("text-color"), paper: named("background-color") };
      const [epoch, loss] = ["epoch", "loss"].map(written);
      const title = `${data.title} · epoch ${epoch} · loss ${loss}`;
      const picture = pictureOf(plot, title, { ...colors, font: style.fontFamily });
      const svg = new Blob([picture.text], { type: "image/svg+xml" });
      save(
        kind === "svg" ? svg : await drawn(picture),
        `${data.stem}-epoch-${epoch}-${chartOf}.${kind}`,
      );
    };
}
