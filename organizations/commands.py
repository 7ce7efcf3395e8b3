from datetime import date

from django.core.management.base import CommandError

from ledger.numbers import day_in_words

from . import lineage
from .models import Organization


def organization(code: str | None, day: date) -> Organization:
    """The organization `code`, or the only bloc on `day`; CommandError with a sentence when there is none, or no only one."""
    if not code:
        blocs = list(lineage.blocs(day))
        if not blocs:
            raise CommandError(
                f"Chưa có tổ chức nào vào ngày {day_in_words(day)}. Nạp dữ liệu mẫu: manage.py load_demo."
            )
        if len(blocs) > 1:
            codes = ", ".join(spell.organization.code for spell in blocs)
            raise CommandError(
                f"Vào ngày {day_in_words(day)} có {len(blocs)} đảng bộ. Hãy thêm --organization: {codes}."
            )
        return blocs[0].organization
    try:
        return Organization.objects.get(code=code, voided__isnull=True)
    except Organization.DoesNotExist:
        raise CommandError(f"Không có tổ chức mang mã “{code}”.") from None
