"""A text made short for the page's address: compressed by what a recipe is known to hold."""

from __future__ import annotations

import base64
import binascii
import zlib

from nnviz.engine.recipe import RecipeError

_MOST_UNPACKED = 2_000_000  # bytes

# The packing has a version of its own, as another dictionary would be another packing.
_TABLE = b'"columns":["study","sleep","score"],"rows":[[2,9,92],[1,5,86],[3,6,89],[4,8,null]],'
_DICTIONARIES = {
    "1": _TABLE + b'"hidden":[3,3,3],"seed":0,"learning_rate":1,"label_scale":null,"labels":1,'
    b'"update":"gradient descent"}{"nnviz":1,"columns":["',
    "2": b'["label","categories","full scale"],["input","categories","none"],["label","numbers",'
    b'"range"],["input","yes/no","none"],["left out","numbers","largest"],["input","numbers",'
    b'"standard"],"rows":{"4":"held out","5":"question"},"blanks":"leave out"}'
    + _TABLE
    + b'"hidden":[3,3,3],"seed":0,"learning_rate":1,"label_scale":null,"roles":{"columns":'
    b'[["input","numbers","largest"],["input","numbers","largest"],["label","numbers",'
    b'"full scale"]],"rows":{},"blanks":"refuse"},"update":"gradient descent"}'
    b'{"nnviz":2,"columns":["',
}
_PACKING = "2"  # that we write


def pack(text: str) -> str:
    """Text made short, of letters that an address may hold; a cut or a slip in it is found."""
    packer = zlib.compressobj(9, zdict=_DICTIONARIES[_PACKING])
    content = packer.compress(text.encode()) + packer.flush()
    return _PACKING + base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpack(packed: str) -> str:
    """The text again. Raises RecipeError if it is damaged or by a newer version."""
    if packed[:1] not in _DICTIONARIES:
        raise RecipeError("it was made by a newer version of this page, or is damaged.")
    try:
        content = base64.b64decode(packed[1:] + "=" * (-(len(packed) - 1) % 4), b"-_", True)
        unpacker = zlib.decompressobj(zdict=_DICTIONARIES[packed[0]])
        text = unpacker.decompress(content, _MOST_UNPACKED).decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise RecipeError("it is damaged, or a part of it is missing.") from error
    if not unpacker.eof or unpacker.unused_data:
        raise RecipeError("it is damaged, or a part of it is missing.")
    return text
