"""Messages of the next page that lead on: what was done, and the way to look at it or take it back."""

from django.utils.html import format_html

LOOK_OR_UNDO = "Xem hoặc hủy việc này"


def leading_to(url: str, sentence: str) -> str:
    """`sentence` with the link to `url` behind it; the sentence alone where `url` is ""."""
    return format_html('{} <a href="{}">{}</a>', sentence, url, LOOK_OR_UNDO) if url else sentence
