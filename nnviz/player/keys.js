// Which key does what with the film, where nothing else on the page uses it.

const KEYS = { " ": "play", ArrowLeft: "back", ArrowRight: "forward", Home: "start", End: "end" };
const PRESSED = "button, a, summary, input, [role=tab]"; // what the space bar presses

class Keys {
  // host: the page around it, see streamlit.js.
  constructor(host) {
    this.host = host;
  }

  // What a key that is pressed does, as the bar's buttons name it; undefined if nothing.
  doing(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.target.closest?.(this.host.fields)) return undefined;
    const presses = event.key === " " && event.target.closest?.(PRESSED);
    return presses && !this.isForPlay(event) ? undefined : KEYS[event.key];
  }

  // Whether a key is the space bar on a button that goes through the walk. Such a button keeps the
  // focus while one reads, and the next thing wanted is to play; it is pressed by Enter.
  isForPlay({ key, target }) {
    return key === " " && this.host.isReadOn(target);
  }
}
