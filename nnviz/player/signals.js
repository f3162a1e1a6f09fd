// What the server says of the present epoch, for the player to show, whichever of the two
// comes first: captions, and the light of the walk.

export default function ({ data }) {
  window.nnvizSignals = data;
  window.dispatchEvent(new Event("nnviz-signals"));
}
