"""Addresses of the list of tasks and of the bloc's progress board, and what stands on them."""

import re
from html import unescape

BOARD = "/xep-loai/K/2018/"
TASKS = "/viec-can-lam/"


def text(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def codes(answer):
    """Codes of the cells on the board, in their order."""
    return [cell.row.place.organization.code for cell in cells_of(answer)]


def cells_of(answer):
    """[CellOnBoard] of all organizations shown."""
    return [cell for roof in answer.context["page"] for cell in roof.cells]


def missing(answer):
    """{code of a cell on the board: [names of who is missing]}"""
    return {cell.row.place.organization.code: list(cell.names) for cell in cells_of(answer)}
