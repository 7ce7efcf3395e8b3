"""What must hold of the tree."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, F, Max, OuterRef
from django.urls import reverse

from ledger import clock
from ledger.numbers import day_in_words, group
from ledger.soundness import WHOSE, Finding, check, unclean
from ledger.spells import FOREVER
from ledger.text import within_sentence

from . import lineage
from .models import PARENTS, Appointment, AppointmentNotice, Kind, OrganizationSpell, Origin, StaffCount, Succession

DISMISS = "Hãy thôi phân công này ở trang quản trị, mục Phân công."


def page_of(code: str, day: date) -> str:
    """Address of the organization's page in the year of `day`."""
    return reverse("organization", args=[code, day.year])


WHOSE["organization"] = lambda organization: (organization.code, page_of(organization.code, clock.today()))


@check("Quan hệ cấp trên đã lưu khớp với quan hệ tính lại từ các giai đoạn của tổ chức")
def lineage_is_fresh() -> Iterator[Finding]:
    missing, surplus = lineage.differences()
    for words, rows in (("thiếu", missing), ("thừa", surplus)):
        for organization, ancestor, _, starts, ends in sorted(rows):
            yield Finding(f"{words} dòng tổ chức {organization} dưới {ancestor}, {_span(starts, ends)}.")


def _span(starts: date, ends: date) -> str:
    return f"từ {day_in_words(starts)} đến " + ("nay" if ends == FOREVER else f"trước {day_in_words(ends)}")


@check("Mỗi tổ chức đứng dưới một cấp trên đang hoạt động, đúng loại hình")
def parents_stand() -> Iterator[Finding]:
    spells: dict[int, list[OrganizationSpell]] = {}
    rows = list(OrganizationSpell.objects.standing().select_related("organization").order_by("starts"))
    for spell in rows:
        spells.setdefault(spell.organization_id, []).append(spell)
    for spell in rows:
        if spell.parent_id is None:
            if None not in PARENTS[Kind(spell.kind)]:
                yield Finding(f"{spell.name}: không có cấp trên.", page_of(spell.organization.code, spell.starts))
            continue
        above = [s for s in spells.get(spell.parent_id, ()) if s.starts < spell.ends and spell.starts < s.ends]
        if not _covers(above, spell):
            yield Finding(
                f"{spell.name}: cấp trên không hoạt động suốt {_span(spell.starts, spell.ends)}.",
                page_of(spell.organization.code, spell.starts),
            )
        for parent in above:
            if Kind(parent.kind) not in PARENTS[Kind(spell.kind)]:
                yield Finding(
                    f"{spell.name} ({spell.get_kind_display()}) đứng dưới {parent.name} ({parent.get_kind_display()}).",
                    page_of(spell.organization.code, max(spell.starts, parent.starts)),
                )


def _covers(above: Iterable[OrganizationSpell], spell: OrganizationSpell) -> bool:
    day = spell.starts
    for parent in above:
        if parent.starts > day:
            return False
        day = max(day, parent.ends)
    return day >= spell.ends


def _spans() -> dict[int, list[tuple[date, date]]]:
    """{organization id: [(starts, ends)]} in order of time."""
    spans: dict[int, list[tuple[date, date]]] = {}
    for pk, *span in (
        OrganizationSpell.objects.standing().order_by("starts").values_list("organization", "starts", "ends")
    ):
        spans.setdefault(pk, []).append(tuple(span))
    return spans


def _stands(spans: Iterable[tuple[date, date]], day: date) -> bool:
    return any(starts <= day < ends for starts, ends in spans)


@check("Tổ chức kế thừa hoạt động vào ngày tổ chức cũ kết thúc; mỗi tổ chức cũ có đúng một kế thừa chính")
def successors_stand() -> Iterator[Finding]:
    spans, codes = _spans(), {}
    principals: Counter[int] = Counter()
    rows = Succession.objects.standing().select_related("predecessor", "successor").order_by("pk")
    for row in rows:
        old, new = row.predecessor, row.successor
        codes[old.pk] = old.code, row.on
        principals[old.pk] += row.principal
        if max((ends for _, ends in spans.get(old.pk, ())), default=None) != row.on:
            yield Finding(
                f"{old.code}: có kế thừa từ {day_in_words(row.on)} mà không kết thúc ngày đó.",
                page_of(old.code, row.on),
            )
        if not _stands(spans.get(new.pk, ()), row.on):
            yield Finding(
                f"{new.code}: kế thừa {old.code} từ {day_in_words(row.on)} mà không hoạt động ngày đó.",
                page_of(new.code, row.on),
            )
    for pk, (code, day) in codes.items():
        if principals[pk] != 1:
            yield Finding(f"{code}: có {principals[pk]} tổ chức kế thừa chính.", page_of(code, day))


@check("Tổ chức tách ra được thành lập ngày đó, từ một tổ chức còn hoạt động")
def origins_stand() -> Iterator[Finding]:
    spans = _spans()
    for row in Origin.objects.standing().select_related("organization", "source"):
        founded = min((starts for starts, _ in spans.get(row.organization_id, ())), default=None)
        if founded != row.on or not _stands(spans.get(row.source_id, ()), row.on):
            code = row.organization.code
            yield Finding(
                f"{code}: ghi tách ra từ {row.source.code} ngày {day_in_words(row.on)}, không khớp.",
                page_of(code, row.on),
            )


@check(
    "Số công chức, viên chức, người lao động là của tổ chức đã hoạt động trong năm ấy; đủ ba số thì cộng lại bằng tổng số"
)
def staff_is_of_those_that_stood() -> Iterator[Finding]:
    spans = _spans()
    for row in StaffCount.objects.standing().select_related("organization").order_by("year", "pk"):
        first, last = date(row.year, 1, 1), date(row.year, 12, 31)
        stood = any(starts <= last and first < ends for starts, ends in spans.get(row.organization_id, ()))
        parts = [row.civil_servants, row.public_employees, row.workers]
        known = sum(part or 0 for part in parts)
        if not stood:
            yield Finding(f"{row}; tổ chức không hoạt động trong năm đó.", page_of(row.organization.code, last))
        if known > row.total or None not in parts and (known != row.total or row.at_least):
            yield Finding(f"{row}; ba số cộng lại là {group(known)}.", page_of(row.organization.code, last))


@check("Vai trò thôi khi tổ chức kết thúc")
def offices_end_with_their_organizations() -> Iterator[Finding]:
    spells = OrganizationSpell.objects.standing().order_by().values("organization").annotate(last=Max("ends"))
    ended = dict(spells.filter(last__lt=FOREVER).values_list("organization", "last"))
    rows = Appointment.objects.standing().filter(organization__in=ended, ends__gt=clock.today())
    for row in rows.select_related("user", "organization").order_by("pk"):
        day = ended[row.organization_id]
        if row.ends > day:
            yield Finding(
                f"{_held(row)}: tổ chức đã kết thúc ngày {day_in_words(day)} mà vai trò còn để đến nay. {DISMISS}",
                page_of(row.organization.code, day),
            )


@check("Vai trò tự phân công cho mình đều đã báo lãnh đạo hoặc có quản trị khác xác nhận", certain=False)
def offices_for_oneself_were_told() -> Iterator[Finding]:
    """An office given so before that was asked for; what an undoing brought back was not given by who undid, nor what was only
    given an end by who handed it over.
    """
    rows = Appointment.objects.standing().filter(ends__gt=clock.today(), user=F("added__by"), added__undoes=None)
    told = Exists(AppointmentNotice.objects.filter(user=OuterRef("user"), added=OuterRef("added")))
    same = {name: OuterRef(name) for name in ("user", "role", "organization", "starts")}
    held_before = Exists(Appointment.objects.filter(**same, voided=OuterRef("added")))
    for row in rows.filter(~told, ~held_before).select_related("user", "organization").order_by("pk"):
        yield Finding(
            f"{_held(row)}: tự phân công cho mình từ {day_in_words(row.starts)}, chưa báo lãnh đạo và không có quản trị khác "
            f"xác nhận. Hãy báo lãnh đạo xem lại; nếu không đúng: {within_sentence(DISMISS)}",
            page_of(row.organization.code, clock.today()),
        )


def _held(row: Appointment) -> str:
    return f"{row.user.get_full_name()}, {row.get_role_display()} ở {row.organization.code}"


@check("Chữ đã ghi về tổ chức không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean() -> Iterator[Finding]:
    yield from unclean("organizations")
