// The button that copies the page's address, and what of the address makes an entry in the
// browser's history.

const SAID = 4000; // ms that the button's answer stands
const LATEST_WHOLE = 8000; // ms for which a page that comes back is closed, at most
const LAST = "nnviz-last-entry"; // in the tab's storage: how far forward the history goes
const FIELDS = "textarea, select, input:not([type=range], [type=checkbox], [type=radio])";

// Streamlit writes the address, each time as a new entry. Where only what is looked at has
// changed, the present entry is changed instead: Back undoes settings and edits of the table.
function keepHistoryShort(lookedAt) {
  const page = (window.nnvizAddress ??= {});
  page.lookedAt = lookedAt;
  if (page.push) return;
  page.push = history.pushState;
  const rest = (url) => {
    const query = new URL(url, location.href).searchParams;
    for (const name of page.lookedAt) query.delete(name);
    query.sort();
    return String(query);
  };
  page.last = Math.max(depth(), Number(sessionStorage.getItem(LAST)));
  history.pushState = function (state, title, url) {
    const same = url !== undefined && rest(url) === rest(location.href);
    if (!same) sessionStorage.setItem(LAST, (page.last = depth() + 1));
    const kept = { ...state, nnviz: depth() + !same };
    return (same ? history.replaceState : page.push).call(history, kept, title, url);
  };
  window.addEventListener("keydown", undo);
}

// How many of this page's own entries the browser can go back by.
const depth = () => history.state?.nnviz ?? 0;

// Ctrl+Z and Ctrl+Shift+Z, or Ctrl+Y, are Back and Forward, as far as these stay on the page. In
// a field of text they are the field's own.
function undo(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  if (event.target.isContentEditable || event.target.matches?.(FIELDS)) return;
  event.preventDefault();
  const redo = key === "y" || event.shiftKey;
  if (redo && depth() < window.nnvizAddress.last) history.forward();
  if (!redo && depth() > 0) history.back();
}

// A page that comes back after the connection was lost is made as its address says. What is typed
// before it is whole would be written over, so until then nothing can be.
function closeUntilWhole() {
  const app = document.querySelector(".stApp");
  if (app.nnvizCloses) return;
  app.nnvizCloses = true;
  let [lost, runs, late] = [false, false, 0];
  const follow = () => {
    const { testConnectionState: connection, testScriptState: script } = app.dataset;
    const connected = connection === "CONNECTED";
    if (!connected) [lost, runs] = [true, false];
    else if (script === "running") runs = lost;
    else if (runs) lost = runs = false;
    const closed = lost && connected;
    if (closed && !app.inert) late = setTimeout(() => (app.inert = lost = false), LATEST_WHOLE);
    if (!closed) clearTimeout(late);
    app.inert = closed;
  };
  new MutationObserver(follow).observe(app, {
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
}

// The address, at the epoch that is shown, which at rest is also the address's own. In the lesson
// it is that of one's own work; which stations one has done is nobody else's.
function link(inLesson) {
  const url = new URL(location.href);
  url.searchParams.delete("done");
  if (inLesson) return String(url);
  const epoch = document.querySelector('[data-testid="epoch"]')?.textContent ?? "0";
  if (Number(epoch)) url.searchParams.set("epoch", epoch);
  else url.searchParams.delete("epoch");
  return String(url);
}

export default function ({ data, parentElement }) {
  keepHistoryShort(data.lookedAt);
  closeUntilWhole();
  const button = parentElement.querySelector("button");
  const answer = parentElement.querySelector("span");
  const say = (text) => {
    answer.textContent = text;
    clearTimeout(button.silence);
    button.silence = setTimeout(() => (answer.textContent = ""), SAID);
  };
  button.onclick = async () => {
    if (data.refusal) return say(data.refusal);
    const text = link(data.inLesson);
    say((await copyText(text)) ? "Link copied" : text);
  };
}
