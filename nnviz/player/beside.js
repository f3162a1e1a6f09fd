// What other starts answer, beside the answer of this one; the player asks again for what is awaited.
//
// Down: { painted, awaited }: what is to be painted, as in playhead.js; awaited is there while more
// is to come.
// Up: again: is it there now?

export default function ({ data, setTriggerValue }) {
  window.nnvizBeside = { ...data, again: () => setTriggerValue("again", true) };
  window.dispatchEvent(new Event("nnviz-beside"));
}
