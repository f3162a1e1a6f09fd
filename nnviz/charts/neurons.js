// The small maps: a picture a hidden neuron. Of the neuron that is pointed at in the network, the
// others step back.

PAINTERS.neurons = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const names = byIndex(part("names").nodes("text"));
  const images = [...plot.querySelectorAll("image")];
  const [across, up = 1] = meta.small;
  const shade = shadeOf(meta.shades, meta.scale);
  const starts = meta.layers.map((_, k) => meta.layers.slice(0, k).reduce((a, b) => a + b, 0));

  plot.nnvizNear?.abort(); // what listened for the same chart, drawn before
  const { signal } = (plot.nnvizNear = new AbortController());
  const near = ({ detail }) => {
    const [layer, place] = detail?.neuron ?? [0, 0];
    const chosen = starts[layer - 1] + place; // no number, for all that is not hidden
    images.forEach((image, k) => {
      const opacity = Number.isNaN(chosen) || k === chosen ? "" : DIM;
      image.style.opacity = names[k].style.opacity = opacity;
    });
  };
  window.addEventListener("nnviz-near", near, { signal });

  const paint = calmly((neurons) => {
    const size = neurons.length / images.length;
    images.forEach((image, k) => {
      const own = neurons.slice(k * size, (k + 1) * size);
      setPicture(image, pictureOf(own, [across, up], shade));
    });
  });
  return (film, frame, { map }) => {
    const maps = mapsOf(film, frame, map, meta.ground);
    plot.style.opacity = maps ? "" : AWAY;
    if (maps) paint(maps.neurons);
  };
};
