"""Paging out of the query string, with a page for what is wrong in it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django_tables2 import Table

LONGEST_PAGE_NUMBER = 6
Turned = TypeVar("Turned")
NO_SUCH_PAGE = "Bảng không có trang này. Hãy mở lại trang đầu của bảng."


class NotHere(Http404):
    """A page that is not to be had, with the way on. `way`: (address, words of the link) for the page that says so."""

    def __init__(self, sentence: str, *, way: tuple[str, str]) -> None:
        super().__init__(sentence)
        self.way = way


def paged(request: HttpRequest, table: Table, *, per_page: int = 25) -> Table:
    """The table sorted and paged as the query string says; Http404 with a sentence for a page that is not there."""
    names = set(table.base_columns)
    wanted = request.GET.getlist(table.prefixed_order_by_field)
    if any(name.lstrip("-") not in names for name in wanted):
        raise Http404("Bảng này không có cột để sắp xếp như vậy. Hãy bấm vào tên cột trên bảng.")
    if wanted:
        table.order_by = wanted
    _turn(request.GET.get(table.prefixed_page_field, "1"), lambda n: table.paginate(page=n, per_page=per_page))
    return table


def page_of(rows: Sequence[Any] | QuerySet[Any], number: str, *, per_page: int, missing: str = NO_SUCH_PAGE) -> Page:
    """The Page of `rows` that the text `number` asks for; Http404 with the sentence `missing` for none."""
    return _turn(number, Paginator(rows, per_page).page, missing)


def _turn(number: str, page: Callable[[int], Turned], missing: str = NO_SUCH_PAGE) -> Turned:
    try:
        if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER):
            raise EmptyPage
        return page(int(number))
    except EmptyPage:
        raise Http404(missing) from None
