"""Chips of a verdict: tone, mark and words."""

from ledger.web.marks import chip

from . import wording


def verdict_chip(line):
    return chip(wording.tone(line), wording.mark(line), wording.verdict(line))
