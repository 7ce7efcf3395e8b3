"""Paging out of the query string, with a page for what is wrong in it; a list opened whole, to be printed."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django_tables2 import Table

from ledger.numbers import group

LONGEST_PAGE_NUMBER = 6
A_PAGE = 50  # rows of a list that are shown at once
WHOLE = "in"  # the name in the query string that opens every list of a page whole, as paper needs it
# Rows of a list that is opened whole: the register of a bloc twice over. Some 200 sheets and as many megabytes of memory
# in a browser as an old machine has to spare; beyond it nobody reads what is printed.
MOST_WHOLE = 5000
Turned = TypeVar("Turned")
NO_SUCH_PAGE = "Bảng không có trang này. Hãy mở lại trang đầu của bảng."


class NotHere(Http404):
    """A page that is not to be had, with the way on. `way`: (address, words of the link) for the page that says so."""

    def __init__(self, sentence: str, *, way: tuple[str, str]) -> None:
        super().__init__(sentence)
        self.way = way


class WholeList(Paginator):
    """One page with every row."""

    is_whole = True


def is_whole(query: QueryDict) -> bool:
    """Whether lists are asked for whole, not page by page."""
    return query.get(WHOLE) == "1"


def paged(request: HttpRequest, table: Table, *, per_page: int = A_PAGE) -> Table:
    """The table sorted and paged as the query string says, or whole; Http404 with a sentence for what is not to be had."""
    names = set(table.base_columns)
    wanted = request.GET.getlist(table.prefixed_order_by_field)
    if any(name.lstrip("-") not in names for name in wanted):
        raise Http404("Bảng này không có cột để sắp xếp như vậy. Hãy bấm vào tên cột trên bảng.")
    if wanted:
        table.order_by = wanted
    if is_whole(request.GET):
        table.paginate(paginator_class=WholeList, per_page=MOST_WHOLE)
        _check_whole(table.paginator, request.GET)
        return table
    _turn(request.GET.get(table.prefixed_page_field, "1"), lambda n: table.paginate(page=n, per_page=per_page))
    return table


def page_of(
    rows: Sequence[Any] | QuerySet[Any], query: QueryDict, *, field: str, per_page: int, missing: str = NO_SUCH_PAGE
) -> Page:
    """The Page of `rows` whose number stands in `field` of the query string, or all of them on one where it asks for that;
    Http404 with the sentence `missing` for none.
    """
    if is_whole(query):
        paginator = WholeList(rows, MOST_WHOLE)
        _check_whole(paginator, query)
        return paginator.page(1)
    return _turn(query.get(field, "1"), Paginator(rows, per_page).page, missing)


def _check_whole(paginator: Paginator, query: QueryDict) -> None:
    if paginator.count <= MOST_WHOLE:
        return
    paged = query.copy()
    del paged[WHOLE]
    raise NotHere(
        f"Danh sách có {group(paginator.count)} dòng, nhiều hơn {group(MOST_WHOLE)} dòng in được một lần. "
        "Hãy lọc bớt rồi in từng phần.",
        way=(f"?{paged.urlencode()}", "Về danh sách để lọc"),
    )


def _turn(number: str, page: Callable[[int], Turned], missing: str = NO_SUCH_PAGE) -> Turned:
    try:
        if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER):
            raise EmptyPage
        return page(int(number))
    except EmptyPage:
        raise Http404(missing) from None
