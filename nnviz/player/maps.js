// The film of maps, which comes by itself, as it is large and not always looked at.

export default function ({ data }) {
  window.nnvizMaps = new Film(data);
  window.dispatchEvent(new Event("nnviz-later"));
}
