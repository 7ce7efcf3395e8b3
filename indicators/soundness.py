"""What must hold of figures: each is the number of its rows; and of closings: both checks of design §5."""

from collections import defaultdict

from django.urls import reverse

from ledger.soundness import Finding, check, unclean
from organizations.models import Organization, OrganizationSpell

from .closing.since import Since
from .measures import LETTERS, MEASURES, STRUCTURE
from .models import Closing, Indicator, Target, TargetGroup
from .self_check.recount import apart, differences, where
from .years import known_years, the_years


def _pages():
    """Sets of organizations (ids) that a page shows together: one with those that ever stood under it."""
    pages = defaultdict(set)
    for organization, parent in OrganizationSpell.objects.standing().values_list("organization_id", "parent_id"):
        pages[parent or organization] |= {organization, parent or organization}
    return pages.values()


@check("Mọi con số trên bảng bằng số dòng đứng sau nó", quick=False)
def figures_are_their_rows():
    years = the_years(known_years())
    counted = Indicator.objects.filter(group__year__in=years).values_list("numerator", "denominator")
    codes = {m.code for m in STRUCTURE} | {code for pair in counted for code in pair if code}
    measures = [MEASURES[code] for code in sorted(codes)]
    names = dict(Organization.objects.values_list("pk", "code"))
    for measure, node, year, shown, behind in differences(measures, [y.window for y in years.values()], _pages()):
        url = "" if MEASURES[measure].facts is LETTERS else reverse("dashboard", args=[names[node], year])
        told = where(measure, names[node], told=f": bảng ghi {shown}, các dòng đứng sau có {behind}")
        yield Finding(f"Năm {year}: {told}; con số trên bảng không khớp với các dòng.", url)


@check("Mỗi nhóm chỉ tiêu đang dùng có đúng một chỉ tiêu chính; chỉ tiêu đã thôi dùng không còn mức giao")
def groups_are_whole():
    for group in TargetGroup.objects.select_related("bloc").prefetch_related("indicators"):
        page = reverse("groups", args=[group.bloc.code, group.year])
        if sum(indicator.headline for indicator in group.indicators.all()) != 1:
            yield Finding(f"{group.bloc.code}: nhóm “{group}” không có đúng một chỉ tiêu chính.", page)
    left = Indicator.objects.filter(group__retired__isnull=False).select_related("group__bloc")
    gone = Indicator.ever.filter(retired__isnull=False, targets__in=Target.objects.standing())
    for indicator in (*left, *gone.select_related("group__bloc").distinct()):
        group = indicator.group
        page = reverse("groups", args=[group.bloc.code, group.year])
        yield Finding(f"{group.bloc.code}: “{indicator}” năm {group.year} thôi dùng chưa trọn.", page)


def _standing():
    return Closing.objects.standing().select_related("period__scheme", "period__bloc")


def _page(since):
    figures = since.figures
    return reverse("closing", args=[since.closing.period.bloc.code, figures["year"]])


@check("Bản chốt số liệu còn nguyên như lúc chốt")
def closings_are_intact():
    for closing in _standing():
        if not Since(closing).intact:
            yield Finding(f"{closing}: nội dung không còn khớp với mã kiểm tra.")


@check("Con số đã chốt bằng số dòng chốt cùng nó")
def closed_figures_are_their_rows():
    for closing in _standing():
        since = Since(closing)
        if since.intact:
            for measure, code, number, rows in apart(since.figures, since.frozen):
                told = where(measure, code, told=f": chốt {number}, các dòng chốt cùng có {rows}")
                yield Finding(f"{closing}: {told}; con số không khớp với các dòng.", _page(since))


@check("Năm đã chốt đọc chỉ tiêu, lược đồ như lúc chốt")
def closed_years_read_what_they_read():
    for closing in _standing():
        since = Since(closing)
        if not since.intact:
            continue
        for name in since.changed_indicators:
            yield Finding(f"{closing}: chỉ tiêu “{name}” không còn như lúc chốt.", _page(since))
        if since.reads_another_scheme:
            yield Finding(f"{closing}: tên mức xếp loại không còn như lúc chốt.", _page(since))


@check("Số liệu đã chốt tính lại được như lúc chốt")
def closings_recompute():
    for closing in _standing():
        since = Since(closing)
        if since.intact:
            for measure, code in since.wrong:
                yield Finding(f"{closing}: {where(measure, code)} tính lại không khớp.", _page(since))


@check("Mọi khác biệt so với số đã chốt đều có việc đã ghi làm căn cứ")
def differences_are_named():
    for closing in _standing():
        since = Since(closing)
        _ = since.intact and since.named
        for measure, code, pk in since.unexplained:
            told = where(measure, code, told=f", dòng {pk}")
            yield Finding(f"{closing}: {told} đổi mà không có việc nào được ghi.", _page(since))


@check("Chữ đã ghi về nhóm chỉ tiêu không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean():
    yield from unclean("indicators")
