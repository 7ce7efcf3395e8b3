"""What must hold of ratings."""

import json
from collections import Counter

from django.db.models import F
from django.urls import reverse

from ledger.soundness import Finding, check, unclean
from ledger.web.seals import digest
from organizations import lineage

from .judging.caps import places_of_members
from .models import FrozenScheme, MemberRating, OrganizationRating, Period, Sheet, State
from .periods.scheme_text import differences, reading_of


def _years():
    return Period.objects.standing().filter(locked__isnull=False).select_related("scheme", "bloc")


@check("Kỳ đã khóa: mọi đảng viên có tên đều có mức hoặc lý do, đúng một dòng")
def locked_periods_are_complete():
    for period in _years():
        rows = MemberRating.objects.standing().filter(period=period, on_roll=True)
        lines = Counter(rows.values_list("member_id", flat=True))
        for member, n in lines.items():
            if n > 1:
                yield Finding(f"{period}: đảng viên số {member} có {n} dòng xếp loại.", _page(period))
        open_lines = rows.filter(decided__isnull=True, reason__isnull=True).select_related("member")
        for row in open_lines:
            yield Finding(f"{period}: {row.member} chưa có mức hoặc lý do.", _page(period))
        unrated = OrganizationRating.objects.standing().filter(period=period, level__isnull=True, reason__isnull=True)
        for row in unrated.select_related("organization"):
            yield Finding(f"{period}: {row.organization.code} chưa có mức hoặc lý do.", _page(period))
        for sheet in Sheet.objects.standing().filter(period=period).exclude(state=State.LOCKED):
            yield Finding(f"{period}: phiếu số {sheet.pk} chưa khóa cùng kỳ.", _page(period))


def _page(period):
    return reverse("ratings", args=[period.bloc.code, period.slug])


@check("Ai vượt tỷ lệ xuất sắc đều có lý do")
def caps_are_held():
    for period in _years():
        cells = Sheet.objects.standing().filter(period=period).values_list("organization_id", flat=True)
        reasons = dict(Sheet.objects.standing().filter(period=period).values_list("organization_id", "over_cap"))
        above = lineage.ancestors(period.cutoff)
        for roof, places in places_of_members(period, list(cells), period.cutoff).items():
            below = [cell for cell in reasons if roof in above[cell]]
            if places.left < 0 and not any(reasons[cell] for cell in below):
                yield Finding(f"{period}: {places.said} Không có lý do nào được ghi.", _page(period))


@check("Kỳ đã khóa đọc lược đồ như lúc khóa")
def locked_periods_read_what_they_read():
    frozen = {row.period_id: row for row in FrozenScheme.objects.standing()}
    for period in _years():
        text = frozen.get(period.pk)
        if text is None:
            yield Finding(f"{period}: không có bản lược đồ chốt cùng kỳ.", _page(period))
        elif digest(text.text) != text.seal:
            yield Finding(f"{period}: bản lược đồ chốt cùng kỳ không còn khớp với mã kiểm tra.", _page(period))
        else:
            for sentence in differences(json.loads(text.text), reading_of(period)):
                yield Finding(f"{period}: lược đồ không còn như lúc khóa. {sentence}", _page(period))


@check("Mọi lý do đã ghi đều thuộc lược đồ mà kỳ đọc")
def reasons_are_of_the_scheme_read():
    for model in (MemberRating, OrganizationRating):
        rows = model.objects.standing().filter(reason__isnull=False)
        for row in rows.exclude(reason__scheme=F("period__scheme")).select_related("period", "reason", "organization"):
            told = f"{row.organization.code}, {row._meta.verbose_name} số {row.pk}"
            yield Finding(f"{row.period}: {told} ghi lý do “{row.reason}” của lược đồ khác.", _page(row.period))


@check("Chữ đã ghi về xếp loại không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean():
    yield from unclean("ratings")
