"""What a file of the collection is."""

from dataclasses import dataclass

STUDY = {"study": [2, 1, 3, 4], "sleep": [9, 5, 6, 8], "score": [92, 86, 89, None]}
EXAM = "study,sleep,score\n2,9,92\n1,5,86\n3,6,89\n4,8,?\n"
FIGURES = {"area": [1250.5, 980.25], "price": [250000.0, 199000.0]}
NO_NAMES = "has no line of names"


@dataclass(frozen=True)
class File:
    """A file, the columns it must become, and words of each sentence that is said of it."""

    name: str
    content: bytes
    columns: dict
    said: tuple


def file(name, content, columns, *said):
    return File(name, content.encode() if isinstance(content, str) else content, columns, said)
