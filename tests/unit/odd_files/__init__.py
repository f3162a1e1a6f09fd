"""Odd but usual files: how programs and people write tables, and what each must become."""

from odd_files.hands import HANDS
from odd_files.programs import PROGRAMS
from odd_files.spreadsheets import SPREADSHEETS
from odd_files.workbooks import WORKBOOKS

FILES = SPREADSHEETS + PROGRAMS + HANDS + WORKBOOKS
