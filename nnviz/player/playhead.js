// What browser and server tell each other of an epoch, for the player, whichever comes first.

export default function ({ data, setStateValue }) {
  window.nnvizPlayhead = { ...data, tell: setStateValue };
  window.dispatchEvent(new Event("nnviz-playhead"));
}
