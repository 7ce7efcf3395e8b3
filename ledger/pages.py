"""Paging a table out of the query string, with a page for what is wrong in it."""

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404
from django_tables2 import RequestConfig


def paged(request, table, *, per_page=25):
    """The table sorted and paged as the query string says; Http404 with a sentence for a page that is not there."""
    names = set(table.base_columns)
    wanted = request.GET.getlist(table.prefixed_order_by_field)
    if any(name.lstrip("-") not in names for name in wanted):
        raise Http404("Bảng này không có cột để sắp xếp như vậy. Hãy bấm vào tên cột trên bảng.")
    page = request.GET.get(table.prefixed_page_field, "1")
    try:
        if not page.isdecimal():
            raise PageNotAnInteger(page)
        RequestConfig(request, paginate={"per_page": per_page, "silent": False}).configure(table)
    except (EmptyPage, PageNotAnInteger):
        raise Http404("Bảng không có trang này. Hãy mở lại trang đầu của bảng.") from None
    return table
