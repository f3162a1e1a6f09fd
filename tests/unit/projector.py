"""Reads a film's bytes, as nnviz/player/film.py lays them out, without a line of it."""

import json

import numpy as np


def project(film):
    """The header and the arrays, each (frames, columns); an array of texts as a list."""
    start = 4 + int.from_bytes(film[:4], "little")
    header, arrays = json.loads(film[4:start]), {}
    frames = header["frames"]
    for name, place in header["arrays"].items():
        first, columns = start + place["offset"], place["columns"]
        if place["type"] == "text":
            block = film[first : first + frames * columns]
            rows = [block[k : k + columns] for k in range(0, len(block), columns)]
            arrays[name] = [row.rstrip(b"\0").decode("ascii") for row in rows]
        else:
            dtype = np.dtype(place["type"]).newbyteorder("<")
            flat = np.frombuffer(film, dtype, frames * columns, first)
            arrays[name] = flat.reshape(frames, columns)
    return header, arrays
