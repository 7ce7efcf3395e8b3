"""Chips of a verdict: tone, mark and words."""

from django.utils.html import format_html

from . import wording


def chip(tone, mark, words):
    return format_html('<span class="chip {}"><span aria-hidden="true">{}</span> {}</span>', tone, mark, words)


def verdict_chip(line):
    return chip(wording.tone(line), wording.mark(line), wording.verdict(line))
