import re

from django.core.management.base import CommandError

from .models import Period


def period_of(text):
    """The Period named `text`: 2018 or 2025-q4; CommandError with a sentence when there is none."""
    found = re.fullmatch(r"(\d{4})(?:-q([1-4]))?", text, re.IGNORECASE | re.ASCII)
    if not found:
        raise CommandError(f"“{text}” không phải là kỳ. Hãy viết 2018 hoặc 2025-q4.")
    period = Period.objects.filter(year=int(found[1]), quarter=found[2], voided__isnull=True).first()
    if period is None:
        have = ", ".join(p.slug for p in Period.objects.filter(voided__isnull=True)) or "chưa có kỳ nào"
        raise CommandError(f"Chưa mở kỳ xếp loại {text}. Đang có: {have}.")
    return period
