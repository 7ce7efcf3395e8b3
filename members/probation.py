"""Verbs of probation: who is recognised as an official member (domain §4.3)."""

from datetime import date

from ledger.acts import Refused, act, not_ahead
from ledger.numbers import day as in_words

from .models import Admission, Officialization
from .register import check_on_roll, lock


def make_official(rows, *, by, on, document=None, reason=""):
    """`rows`: {member: day}. Twelve months of probation count from the ceremony (domain §4.3)."""
    with act("Công nhận đảng viên chính thức", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = lock(rows)
        ids = [member.pk for member in rows]
        ceremonies = dict(
            Admission.objects.filter(voided__isnull=True, member__in=ids)
            .order_by("ceremony")
            .values_list("member_id", "ceremony")
        )
        done = set(Officialization.objects.filter(voided__isnull=True, member__in=ids).values_list("member_id", "on"))
        for member, day in rows.items():
            not_ahead(day, member)
            check_on_roll(held, member, day)
            ceremony = ceremonies.get(member.pk)
            if ceremony is None or any(pk == member.pk and was >= ceremony for pk, was in done):
                raise Refused(f"{member} không ở trong thời gian dự bị.")
            if day < a_year_after(ceremony):
                raise Refused(f"{member} kết nạp ngày {in_words(ceremony)}, chưa đủ 12 tháng dự bị.")
        Officialization.objects.bulk_create(
            Officialization(member=member, on=day, added=change) for member, day in rows.items()
        )


def a_year_after(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
