"""Paging a table out of the query string, with a page for what is wrong in it."""

from django.core.paginator import EmptyPage
from django.http import Http404

LONGEST_PAGE_NUMBER = 6


def paged(request, table, *, per_page=25):
    """The table sorted and paged as the query string says; Http404 with a sentence for a page that is not there."""
    names = set(table.base_columns)
    wanted = request.GET.getlist(table.prefixed_order_by_field)
    if any(name.lstrip("-") not in names for name in wanted):
        raise Http404("Bảng này không có cột để sắp xếp như vậy. Hãy bấm vào tên cột trên bảng.")
    page = request.GET.get(table.prefixed_page_field, "1")
    if not (page.isascii() and page.isdecimal() and len(page) <= LONGEST_PAGE_NUMBER):
        raise _no_such_page()
    if wanted:
        table.order_by = wanted
    try:
        table.paginate(page=int(page), per_page=per_page)
    except EmptyPage:
        raise _no_such_page() from None
    return table


def _no_such_page():
    return Http404("Bảng không có trang này. Hãy mở lại trang đầu của bảng.")
