"""Excel workbooks."""

from io import BytesIO

import openpyxl

from odd_files.file import NO_NAMES, STUDY, file


def workbook(*rows, sheets=("Sheet1",)):
    """The bytes of a workbook with these rows in its first sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


WORKBOOKS = (
    file(
        "a workbook",
        workbook(["study", "sleep", "score"], [2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]),
        STUDY,
    ),
    file(
        "a workbook of three sheets",
        workbook(["a", "b"], [1, 2.5], sheets=("Data", "2", "3")),
        {"a": [1], "b": [2.5]},
        "first of 3 sheets was read: “Data”",
    ),
    file(
        "a workbook with a title and blanks around",
        workbook(
            [],
            [None, "Scores of 2024"],
            [],
            [None, "a", "b", "c"],
            [None, 1, 2, 3],
            [None, 4, 5, 6],
        ),
        {"a": [1, 4], "b": [2, 5], "c": [3, 6]},
        "“Scores of 2024”",
        "1 column was left out",
    ),
    file(
        "a workbook's decimals of three digits",
        workbook(["a", "b"], [1.234, 1], [2.345, 2]),
        {"a": [1.234, 2.345], "b": [1, 2]},
    ),
    file(
        "a workbook with text and truth",
        workbook(["a", "b"], ["x", True], ["y", False]),
        {"a": ["x", "y"], "b": ["TRUE", "FALSE"]},
    ),
    file(
        "a workbook without names",
        workbook([1, 2], [3, 4]),
        {"column 1": [1, 3], "column 2": [2, 4]},
        NO_NAMES,
    ),
    file(
        "a workbook's numbers as text",
        workbook(["a", "b"], ["1,234.5", 1], ["$6", 2]),
        {"a": [1234.5, 6], "b": [1, 2]},
        "1,234.5 read as 1234.5",
        "$6 read as 6",
    ),
)
