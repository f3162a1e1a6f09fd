"""A session of the page without a browser: it sends and hears what a browser would.

Thirty Chromiums would take the processor from the server that is measured; a visitor reads the
messages and draws nothing.
"""

import json
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 300  # seconds in which an answer must come
ASKS = 0.25  # seconds after which the player asks again for what is awaited
_ANEW = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Visitor:
    """Someone with the page open.

    received: bytes since the page was opened. epochs: how many are recorded, as the film says.
    """

    def __init__(self, url, query=""):
        self._stream = connect(
            f"{url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=PATIENCE,
        )
        self._query, self._states, self._edits = query, {}, {}
        self._ids, self._fragments, self.received, self.epochs = {}, {}, 0, 0
        self._awaits = False
        self.run()

    def close(self):
        self._stream.close()

    def run(self, fragment=""):
        """Have the page run, or one of its fragments; returns the seconds until it is through."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        begin = time.perf_counter()
        self._stream.send(message.SerializeToString())
        while not self._hear():
            pass
        return time.perf_counter() - begin

    def _hear(self):
        """Take in a message; whether the run is through with it."""
        content = self._stream.recv(timeout=PATIENCE)
        self.received += len(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta)
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "session_event":
            assert not message.session_event.HasField("script_compilation_exception")
        # A run that ends early for another of the page is not through.
        return kind == "script_finished" and message.script_finished != _ANEW

    def _see(self, delta):
        """Keep the names under which the server will know what is sent."""
        element = delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "bidi_component":
            part = element.bidi_component
            name = part.component_name.removeprefix("nnviz.")
            self._ids[name], self._fragments[name] = part.id, delta.fragment_id
            if name == "player":
                end = 4 + int.from_bytes(part.bytes[:4], "little")
                self.epochs = json.loads(part.bytes[4:end])["of"]["recorded"]
            elif name == "beside":
                self._awaits = "awaited" in json.loads(part.json)
        elif kind == "dataframe":
            self._ids["grid"] = element.dataframe.id

    def edit(self, row, column, text):
        """Type in a cell; the seconds until the page shows it."""
        self._edits.setdefault(str(row), {})[column] = text
        content = {"edited_rows": self._edits, "added_rows": [], "deleted_rows": []}
        self._state("grid", string_value=json.dumps(content))
        return self.run()

    def tell(self, epoch):
        """Tell where the playhead rests, on a pause or a step; the seconds until it is shown."""
        self._state("playhead", json_value=json.dumps({"epoch": epoch}))
        return self.run(self._fragments["playhead"])

    def until_sure(self):
        """Ask, as the player does, until what other starts answer is there; the seconds it took."""
        begin = time.perf_counter()
        while self._awaits:
            time.sleep(ASKS)
            self.run(self._fragments["beside"])
        return time.perf_counter() - begin

    def _state(self, name, **value):
        self._states[name] = WidgetState(id=self._ids[name], **value)
