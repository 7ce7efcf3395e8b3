"""Filters every template has: numbers and days as Vietnamese offices write them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ledger import numbers
from ledger.spells import FOREVER
from ledger.text import within_sentence
from ledger.web import carry
from ledger.web.paging import MOST_WHOLE, WHOLE

register = template.Library()
register.filter("dem", numbers.group)
register.filter("phan_tram", numbers.percent)
register.filter("trong_cau", within_sentence)


@register.filter
def ngay(value: date | None) -> str:
    return "nay" if value == FOREVER else numbers.day_in_words(value)


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The present query string with `changes`; an empty value takes the name out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return "?" + query.urlencode() if query else "?"


@register.simple_tag(takes_context=True)
def at_page(context: Context, field: str, number: int) -> str:
    """The present query string with page `number` in `field`."""
    query = context["request"].GET.copy()
    query[field] = str(number)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def without(context: Context, name: str) -> str:
    """The present query string without `name`, back on the first page of what it then holds."""
    query = context["request"].GET.copy()
    for gone in (name, "page", WHOLE):
        query.pop(gone, None)
    return "?" + query.urlencode()


@register.inclusion_tag("partials/whole_list.html", takes_context=True)
def whole_list(context: Context, page: Page, before_query: str = "") -> dict[str, Any]:
    """The way from a page of a list to all of it, to be printed; on the whole of it what prints, and the way back."""
    return {
        "count": page.paginator.count,
        "has_more": page.has_other_pages(),
        "fits": page.paginator.count <= MOST_WHOLE,
        "most": MOST_WHOLE,
        "is_whole": getattr(page.paginator, "is_whole", False),
        "whole": before_query + with_query(context, **{WHOLE: "1"}),
        "in_pages": before_query + with_query(context, **{WHOLE: ""}),
    }


@register.filter
def gon(value: Decimal) -> str:
    """A stored decimal without idle zeros: 115.00 → "115", 62.50 → "62,5"."""
    plain = value.normalize()
    return numbers.group(plain.quantize(1) if plain == plain.to_integral() else plain)


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> SafeString:
    """Hidden field that lets a form survive the end of a session (ledger/web/carry.py)."""
    return format_html('<input type="hidden" name="{}" value="{}">', carry.FIELD, carry.token(context["user"]))


@register.simple_tag(takes_context=True)
def narrowed(context: Context, name: str, value: object) -> str:
    """The present query string with `name` set to `value`, on the first page of what it then holds."""
    query = context["request"].GET.copy()
    for gone in ("page", WHOLE):
        query.pop(gone, None)
    query[name] = value
    return "?" + query.urlencode()
