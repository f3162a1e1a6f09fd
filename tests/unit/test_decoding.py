"""Bytes as text: encodings, and what is no text at all."""

import pytest

from nnviz.engine.decoding import decoded
from nnviz.engine.table import TableError

TEXT = "größe,note\n1,2\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_without_a_word(encoding):
    assert decoded(TEXT.encode(encoding)) == (TEXT, [])


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (TEXT, "cp1252", "Windows-1252"),
        (TEXT, "latin-1", "Windows-1252"),
        ("price,score\n£5,1\n€6,2\n", "cp1252", "Windows-1252"),
        ("name,score\nO’Brien,2\n", "cp1252", "Windows-1252"),
        ("año,niño,señal\n1,2,3\n", "cp1252", "Windows-1252"),
        ("prénom,âge,élève\nHélène,12,oui\n", "cp1252", "Windows-1252"),
        ("имя;рост;вес\nИван;180;80\nОльга;160;55\n", "cp1251", "Windows-1251"),
        ("身長,体重,点数\n170,60,80\n", "cp932", "Shift JIS"),
        ("키,몸무게,점수\n170,60,80\n", "cp949", "EUC-KR"),
    ],
)
def test_older_encodings_are_found_and_said(text, encoding, name):
    read, said = decoded(text.encode(encoding))
    assert read == text
    assert said == [f"Read as {name}; if names look wrong, save the file as UTF-8."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "This is a PDF.*paste it here"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "This is an image"),
        (b"GIF89a\1\0\1\0", "This is an image"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
            "old Office file.*save the table as CSV",
        ),
        (b"\x1f\x8b\x08\0\0\0\0\0", "compressed file.*Unpack"),
        (b"PK\3\4\0\0\0\0", "compressed file"),
        (b"PAR1\x15\4\x15", "Parquet.*to_csv"),
        (b"SQLite format 3\0", "database"),
        (b"{\\rtf1\\ansi", "text document"),
        (b"<!DOCTYPE html>\n<html><body>1,2</body></html>", "web page.*paste"),
        (b"\n <table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><a/>', "This is XML"),
        (b'[{"a": 1, "b": 2}]', "JSON, but no recipe"),
        (b'{"a": [1, 2]}', "JSON, but no recipe"),
        (b"a,b\0\n1,2\n", "binary data"),
        (bytes(range(1, 32)) * 20 + b"ab,1\n", "binary data"),
        (b"\xff\xfea\0,\0b\0\n\0" + b"\0\xd8", "damaged"),
        ("a,b\n1,2\n".encode("utf-16")[:-1], "damaged"),
        (b"\xff\x98\x81," * 40, "binary data.*CSV UTF-8"),
    ],
)
def test_what_is_no_text_is_named(content, words):
    with pytest.raises(TableError, match=words):
        decoded(content)
