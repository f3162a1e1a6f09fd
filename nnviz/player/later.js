// What the server sends of an epoch after all else, as it takes longer to compute.
//
// Down: { painted }: what is to be painted, as in playhead.js.

export default function ({ data }) {
  window.nnvizLater = data;
  window.dispatchEvent(new Event("nnviz-later"));
}
