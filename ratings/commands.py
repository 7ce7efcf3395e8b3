import re

from django.core.management.base import CommandError

from .frame import period_at
from .models import Period


def period_of(text, organization):
    """The Period named `text`, 2018 or 2025-q4, of the bloc of `organization`; CommandError with a sentence when there is none."""
    match = re.fullmatch(r"(\d{4})(?:-q([1-4]))?", text, re.IGNORECASE | re.ASCII)
    if not match:
        raise CommandError(f"“{text}” không phải là kỳ. Hãy viết 2018 hoặc 2025-q4.")
    year, quarter = int(match[1]), match[2] and int(match[2])
    period = period_at(organization, year, quarter)
    if period is None:
        have = ", ".join(sorted({p.slug for p in Period.objects.standing()})) or "chưa có kỳ nào"
        raise CommandError(f"Chưa mở kỳ xếp loại {text}. Đang có: {have}.")
    return period
