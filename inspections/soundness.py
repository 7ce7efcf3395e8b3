"""What must hold of inspections and letters.

The self-check is read by offices that see no letters: what is found about one names the row and nothing else.
"""

from collections import defaultdict

from django.urls import reverse

from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.soundness import Finding, check, unclean
from organizations.models import OrganizationSpell

from .counted import placed
from .discipline.consequences import followed
from .letters.letters import handovers_of
from .letters.rules import check_letter
from .models import (
    TOLD_AS,
    Conclusion,
    Consequence,
    Handover,
    InspectionSubject,
    Letter,
    OrganizationDiscipline,
    Outcome,
)
from .verbs import InspectionVerb


def page_of(inspection):
    return reverse("inspection", args=[inspection])


def _finding(sentence, url=""):
    return Finding(sentence, url, TOLD_AS)


def _standing_days(ids):
    """{organization id: [(starts, ends)]}"""
    spans = defaultdict(list)
    for pk, starts, ends in (
        OrganizationSpell.objects.standing()
        .filter(organization__in=ids)
        .values_list("organization_id", "starts", "ends")
    ):
        spans[pk].append((starts, ends))
    return spans


def _stood(spans, day):
    return any(starts <= day < ends for starts, ends in spans)


@check("Mỗi lượt kiểm tra, giám sát đã hoàn thành ở tổ chức đang hoạt động ngày đó, trong năm của kế hoạch")
def subjects_stood():
    rows = InspectionSubject.objects.standing().filter(done_on__isnull=False)
    rows = list(rows.select_related("inspection", "organization").order_by("pk"))
    spans = _standing_days({row.organization_id for row in rows})
    for row in rows:
        if not _stood(spans[row.organization_id], row.done_on):
            why = f"tổ chức {row.organization.code} không hoạt động ngày {day_in_words(row.done_on)}"
        elif row.done_on.year != row.inspection.year:
            why = f"hoàn thành ngày {day_in_words(row.done_on)}, ngoài năm {row.inspection.year}"
        else:
            continue
        yield _finding(f"{row.inspection.title}: {why}.", page_of(row.inspection_id))


@check("Mỗi kết luận kiểm tra, giám sát đứng sau một lượt đã hoàn thành")
def conclusions_come_after():
    subjects = InspectionSubject.objects.standing()
    done = {row.key: row.done_on for row in subjects}
    for row in Conclusion.objects.standing().select_related("inspection", "organization"):
        day = done.get(row.key)
        if day is None or row.on < day:
            why = "chưa hoàn thành" if day is None else f"hoàn thành sau đó, ngày {day_in_words(day)}"
            yield _finding(
                f"{row.inspection.title}, tổ chức {row.organization.code}: có kết luận mà {why}.",
                page_of(row.inspection_id),
            )


@check("Các ngày của đơn thư theo đúng thứ tự, ở tổ chức đang hoạt động ngày nhận")
def letters_are_in_order():
    rows = list(Letter.objects.standing().order_by("pk"))
    spans = _standing_days({row.organization_id for row in rows})
    resolved = {row.file_id for row in rows if row.resolved_on}
    results = set(Outcome.objects.standing().values_list("file", flat=True))
    for row in rows:
        if not _in_order(row) or not _stood(spans[row.organization_id], row.received_on):
            yield _letter(row.file_id, "các ngày không theo thứ tự hoặc tổ chức không hoạt động ngày nhận")
    for file in sorted(results - resolved):
        yield _letter(file, "có kết quả mà chưa giải quyết xong")


def _in_order(row):
    try:
        check_letter(row)
    except Refused:
        return False
    return True


def _letter(file, why):
    return _finding(f"Hồ sơ đơn thư số {file}: {why}.", reverse("letter", args=[file]))


@check("Mỗi đơn, mỗi lượt kiểm tra đã bàn giao chỉ tính một lần, ở nơi giữ việc đó vào ngày tính")
def what_was_handed_over_counts_once():
    rows = list(Letter.objects.standing().order_by("pk"))
    known = handovers_of({row.file_id for row in rows})
    for row in rows:
        if (row.place_id, row.place_on) != placed(row, known[row.file_id]):
            yield _letter(row.file_id, "không tính ở nơi đã bàn giao")
    taken = {
        (row.inspection_id, row.taken_id, row.on)
        for row in Handover.objects.standing().filter(inspection__isnull=False)
    }
    subjects = list(InspectionSubject.objects.standing().select_related("inspection", "organization"))
    came = {(row.inspection_id, row.organization_id, row.taken_on) for row in subjects if row.taken_on}
    # What came is the receiver's: dropped from its plan, with a reason, it counts nowhere any more.
    dropped = InspectionSubject.objects.filter(taken_on__isnull=False, voided__verb=InspectionVerb.DROP)
    came |= set(dropped.values_list("inspection", "organization", "taken_on"))
    went = {
        (new, row.organization_id, row.handed_on)
        for row in subjects
        if row.handed_on
        for old, new, on in taken
        if (old, on) == (row.inspection_id, row.handed_on)
    }
    for row in subjects:
        there = {(new, row.organization_id, on) for old, new, on in taken if old == row.inspection_id}
        if row.handed_on and not there & came:
            why = "đã bàn giao mà không có ở cuộc nhận"
        elif row.taken_on and (row.inspection_id, row.organization_id, row.taken_on) not in went:
            why = "nhận bàn giao mà không có cuộc giao"
        else:
            continue
        yield _finding(f"{row.inspection.title}, tổ chức {row.organization.code}: {why}.", page_of(row.inspection_id))


@check("Kỷ luật ghi sau kiểm tra, giải quyết đơn đều còn hiệu lực, và có sau việc đó")
def consequences_stand():
    links = followed(Consequence.objects.standing().order_by("pk"))
    done = {row.key: row.done_on for row in InspectionSubject.objects.standing()}
    received = dict(Letter.objects.standing().values_list("file", "received_on"))
    for link in links:
        since = received.get(link.link.file_id) if link.link.file_id else done.get(link.link.key)
        if link.row is None or since is None or link.day < since:
            url = reverse("letter", args=[link.link.file_id]) if link.link.file_id else page_of(link.link.inspection_id)
            why = "không còn dòng kỷ luật" if link.row is None else "không còn việc đứng trước, hoặc việc đó có sau"
            # Said openly: the sentence is one for inspections and letters.
            yield Finding(f"Kỷ luật ghi sau kiểm tra, giải quyết đơn số {link.link.pk}: {why}.", url)


@check("Kỷ luật tổ chức đảng có ở tổ chức đang hoạt động ngày quyết định")
def disciplined_organizations_stood():
    rows = list(OrganizationDiscipline.objects.standing().select_related("organization"))
    spans = _standing_days({row.organization_id for row in rows})
    for row in rows:
        if not _stood(spans[row.organization_id], row.on):
            yield _finding(
                f"Tổ chức {row.organization.code}: kỷ luật ngày {day_in_words(row.on)}, khi không hoạt động."
            )


@check("Chữ đã ghi về kiểm tra, giám sát, đơn thư không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean():
    yield from unclean("inspections")
