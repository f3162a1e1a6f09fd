"""Reads a film's bytes, as nnviz/film.py lays them out, without a line of it."""

import json

import numpy as np


def project(film):
    """The header and the arrays, each (frames, columns)."""
    start = 4 + int.from_bytes(film[:4], "little")
    header, arrays = json.loads(film[4:start]), {}
    for name, place in header["arrays"].items():
        first, dtype = start + place["offset"], np.dtype(place["type"]).newbyteorder("<")
        flat = np.frombuffer(film, dtype, place["length"], first)
        arrays[name] = flat.reshape(-1, place["columns"])
    return header, arrays
