"""Addresses of the list of tasks and of the bloc's progress board, and what stands on them."""

import re
from html import unescape

BOARD = "/xep-loai/K/2018/"
TASKS = "/viec-can-lam/"


def text(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def codes(answer):
    """Codes of the cells in the board's table, in their order."""
    return [row.place.organization.code for row, _ in answer.context["rows"]]
