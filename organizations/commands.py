from django.core.management.base import CommandError

from ledger.numbers import day as in_words

from . import lineage
from .models import Organization


def organization(code, day):
    """The organization `code`, or the root of the tree on `day`; CommandError with a sentence when there is none."""
    if not code:
        root = lineage.roots(day).first()
        if root is None:
            raise CommandError(f"Chưa có tổ chức nào vào ngày {in_words(day)}. Nạp dữ liệu mẫu: manage.py load_demo.")
        return root.organization
    try:
        return Organization.objects.get(code=code, voided__isnull=True)
    except Organization.DoesNotExist:
        raise CommandError(f"Không có tổ chức mang mã “{code}”.") from None
