"""What must hold of ratings."""

from collections import Counter

from django.urls import reverse

from ledger.soundness import Finding, check
from organizations import lineage

from .caps import places_of_members
from .models import MemberRating, OrganizationRating, Period, Sheet, State


def _years():
    return Period.objects.filter(voided__isnull=True, locked__isnull=False).select_related("scheme")


@check("Kỳ đã khóa: mọi đảng viên có tên đều có mức hoặc lý do, đúng một dòng")
def locked_periods_are_complete():
    for period in _years():
        rows = MemberRating.objects.filter(period=period, voided__isnull=True, on_roll=True)
        lines = Counter(rows.values_list("member_id", flat=True))
        for member, n in lines.items():
            if n > 1:
                yield Finding(f"{period}: đảng viên số {member} có {n} dòng xếp loại.", _page(period))
        open_lines = rows.filter(decided__isnull=True, reason__isnull=True).select_related("member")
        for row in open_lines:
            yield Finding(f"{period}: {row.member} chưa có mức hoặc lý do.", _page(period))
        unrated = OrganizationRating.objects.filter(
            period=period, voided__isnull=True, level__isnull=True, reason__isnull=True
        )
        for row in unrated.select_related("organization"):
            yield Finding(f"{period}: {row.organization.code} chưa có mức hoặc lý do.", _page(period))
        for sheet in Sheet.objects.filter(period=period, voided__isnull=True).exclude(state=State.LOCKED):
            yield Finding(f"{period}: phiếu số {sheet.pk} chưa khóa cùng kỳ.", _page(period))


def _page(period):
    root = lineage.roots(period.cutoff).first()
    return reverse("ratings", args=[root.organization.code, period.slug]) if root else ""


@check("Ai vượt tỷ lệ xuất sắc đều có lý do")
def caps_are_held():
    for period in _years():
        cells = Sheet.objects.filter(period=period, voided__isnull=True).values_list("organization_id", flat=True)
        reasons = dict(
            Sheet.objects.filter(period=period, voided__isnull=True).values_list("organization_id", "over_cap")
        )
        above = lineage.ancestors(period.cutoff)
        for roof, places in places_of_members(period, list(cells), period.cutoff).items():
            below = [cell for cell in reasons if roof in above[cell]]
            if places.left < 0 and not any(reasons[cell] for cell in below):
                yield Finding(f"{period}: {places.said} Không có lý do nào được ghi.", _page(period))
