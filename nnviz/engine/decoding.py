"""Bytes become text, in whichever encoding they are; what is no text is named."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from nnviz.engine.table import TableError

# In what a person may bring that is no UTF-8. Of two that read the text equally well, the first:
# a few accents are too little for the detector to tell Western Europe from its neighbours.
_ENCODINGS = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
    "cp949": "EUC-KR",
    "big5": "Big5",
}
_AS_GOOD = 0.02  # the detector's “chaos”, from 0 to 1

_MARKED = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# How files begin that are no text, and what a person does about it.
_SAVE_AS_CSV = "Open it in a spreadsheet and save the table as CSV."
_FILES = (
    (b"%PDF", "a PDF", "Copy the table from it and paste it here."),
    (b"\x89PNG", "an image", "A table can be read as text alone."),
    (b"\xff\xd8\xff", "an image", "A table can be read as text alone."),
    (b"GIF8", "an image", "A table can be read as text alone."),
    (b"RIFF", "an image, a sound or a film", "A table can be read as text alone."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", f"{_SAVE_AS_CSV} An .xlsx can be read as well."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"BZh", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
    (b"PK", "a compressed file", "Unpack it first."),
    (b"PAR1", "a Parquet file", "Save the table as CSV: pandas.read_parquet(…).to_csv(…)."),
    (b"SQLite format 3", "a database", "Save the table in it as CSV."),
    (b"{\\rtf", "a text document", "Copy the table from it and paste it here."),
)


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what is to be said of how it was read.

    Raises TableError, naming what it is, if it is no text.
    """
    for start, kind, remedy in _FILES:
        if content.startswith(start):
            raise TableError(f"This is {kind}, not a table. {remedy}")
    encoding, name = _unicode(content)
    if encoding:
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise TableError("The file is damaged: its text breaks off or has gaps.") from error
    else:
        text, name = _by_its_letters(content)
    if "\0" in text or _is_noise(text):
        raise TableError("This is not a CSV table: it holds binary data.")
    _refuse_markup(text)
    said = [f"Read as {name}; if names look wrong, save the file as UTF-8."] if name else []
    return text, [] if name.startswith("UTF") else said


def _unicode(content: bytes) -> tuple[str, str]:
    """The Unicode encoding of a text and its name; empty if it is none of them."""
    for mark, encoding, name in _MARKED:
        if content.startswith(mark):
            return encoding, name
    even, odd = content[::2].count(0), content[1::2].count(0)
    if 5 * max(even, odd) > len(content) and 20 * min(even, odd) < max(even, odd):
        return ("utf-16-be" if even > odd else "utf-16-le"), "UTF-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "", ""
    return "utf-8", ""


def _by_its_letters(content: bytes) -> tuple[str, str]:
    """Text in the encoding that makes the most of its letters, and that encoding's name."""
    found = list(from_bytes(content, cp_isolation=list(_ENCODINGS)))
    least = min((match.chaos for match in found), default=0)
    good = {match.encoding for match in found if match.chaos <= least + _AS_GOOD}
    best = next((encoding for encoding in _ENCODINGS if encoding in good), "cp1252")
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError as error:
        western = ""
        if not found:
            raise TableError(
                "This is not a CSV table: it holds binary data. If it is text, save it as "
                "“CSV UTF-8”."
            ) from error
    text = content.decode(best)
    return text, _ENCODINGS["cp1252" if text == western else best]


def _is_noise(text: str) -> bool:
    """Whether there are more control characters in it than slips make."""
    control = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1a")
    return control > 0.05 * len(text) + 10


def _refuse_markup(text: str) -> None:
    start = text[:500].lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<body")):
        raise TableError(
            "This is a web page, not a table. Save the table itself as CSV, "
            "or copy it from the page and paste it here."
        )
    if start.startswith("<?xml"):
        raise TableError(f"This is XML, not a table. {_SAVE_AS_CSV}")
    if start.startswith(("{", "[{", "[[")):
        raise TableError(
            "This is JSON, but no recipe saved here. Save the table in it as CSV: "
            "pandas.read_json(…).to_csv(…)."
        )
