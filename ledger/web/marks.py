"""Marks and chips: how a verdict or a state is drawn beside its words."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def icon(name: str) -> SafeString:
    """An icon of static/img/icons.svg, in the colour and size of the text beside it; nothing to readers of the screen."""
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


def chip(tone: str, mark: str, words: str) -> SafeString:
    """Words on the colour of `tone` (static/css/chip.css), after the icon `mark`."""
    return format_html('<span class="chip {}">{} {}</span>', tone, icon(mark), words)
