"""Lists of children: leavers, rising fives, police lists, pupils on roll. A new kind is a new TOML file."""

from parsers.rosters.lines import read_lines
from parsers.rosters.reader import is_spreadsheet, read_list

__all__ = ["is_spreadsheet", "read_lines", "read_list"]
