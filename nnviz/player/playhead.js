// What browser and server tell each other of an epoch, for the player, whichever comes first.
//
// Down: { painted, go, found, picks }.
//   painted: what is to be painted, by name (captions, light, slope, nudge), each with what it is
//     `of`:
//     it shows only on what it fits, see film.js.
//   picks: true, if a synapse or a neuron can be picked in the network.
//   go: null or { token, epoch }: move to that epoch, once for each new token.
//   found: null or { token, said }: the answer to the `find` that came with the token.
// Up, each when it has changed:
//   epoch: where the playhead rests, on pause, step, release of the slider, and after `go`.
//   reduced: true, if the charts can't be painted in this browser.
// And each time it happens:
//   find: { below, after, token }: which epoch after that one is the first with a loss below a
//     number.
//   picked: { synapse: its place in the order of the weights }, { neuron: [layer, place] }, or on a
//     map { ask: [[input, value], …] }.

export default function ({ data, setStateValue, setTriggerValue }) {
  const find = (what) => setTriggerValue("find", what);
  const pick = (what) => setTriggerValue("picked", what);
  window.nnvizPlayhead = { ...data, tell: setStateValue, find, pick };
  window.dispatchEvent(new Event("nnviz-playhead"));
}
