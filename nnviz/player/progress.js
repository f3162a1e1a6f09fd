// How far a recording is, for the player, which asks again while it grows.
//
// Down: { recipe, recorded, wanted, seconds, answer }, as player.py says them.
// Up: again: how far is it now? stop: no more is wanted.

export default function ({ data, setTriggerValue }) {
  const ask = (what) => () => setTriggerValue(what, true);
  window.nnvizProgress = { ...data, again: ask("again"), stop: ask("stop") };
  window.dispatchEvent(new Event("nnviz-progress"));
}
