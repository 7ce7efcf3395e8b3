"""The work of the years of the demonstration as tables: inspections, letters, staff, targets, ratings; and the accounts."""

from collections.abc import Iterator
from datetime import date

from demo.plan import TODAY, YEARS
from indicators.models import Indicator, Target
from indicators.targets.typed import plain
from inspections.models import Conclusion, Forwarding, InspectionSubject, Letter, Outcome
from organizations.models import Appointment, StaffCount
from organizations.models.staff import bounded
from ratings.models import MemberRating, OrganizationRating, Period, State, Step

from .tabled import WHO, ExampleTable, example, who

SINCE = f"từ năm {min(YEARS)}"


def inspections() -> ExampleTable:
    found = {c.key: c for c in Conclusion.objects.standing()}
    subjects = InspectionSubject.objects.standing().select_related("inspection__conductor", "organization")
    rows = []
    for s in subjects.order_by("inspection__year", "inspection", "pk"):
        finding = found.get(s.key)
        rows.append(
            (
                s.inspection.year,
                s.inspection.get_kind_display(),
                s.inspection.title,
                s.inspection.conductor.code,
                s.organization.code,
                "có" if s.planned else "không",
                s.done_on,
                finding and finding.on,
                finding and finding.text,
            )
        )
    header = "Năm|Loại|Nội dung|Tổ chức tiến hành|Tổ chức được kiểm tra, giám sát|Có trong kế hoạch năm|Hoàn thành ngày"
    return ExampleTable(example("kiem-tra", SINCE, TODAY), f"{header}|Ngày kết luận|Nội dung kết luận", rows)


def letters() -> ExampleTable:
    results = {o.file_id: o.result.name for o in Outcome.objects.standing().select_related("result")}
    passed = {f.file_id: f for f in Forwarding.objects.standing()}
    rows = []
    for letter in Letter.objects.standing().select_related("organization").order_by("received_on", "number", "pk"):
        gone = passed.get(letter.file_id)
        rows.append(
            (
                letter.number,
                letter.organization.code,
                letter.received_on,
                letter.accepted_on,
                letter.due_on,
                letter.resolved_on,
                results.get(letter.file_id),
                gone and gone.to,
                gone and gone.on,
            )
        )
    header = "Số đơn|Tổ chức có đảng viên bị tố cáo|Nhận ngày|Thụ lý ngày|Hạn giải quyết|Giải quyết xong ngày|Kết quả"
    return ExampleTable(example("don-thu", SINCE, TODAY), f"{header}|Chuyển đến|Chuyển ngày", rows)


def staff() -> ExampleTable:
    counts = StaffCount.objects.standing().select_related("organization").order_by("year", "organization__code")
    rows = [
        (
            c.organization.code,
            c.year,
            c.civil_servants,
            c.public_employees,
            c.workers,
            bounded(c.total, c.at_least) if c.at_least else c.total,
        )
        for c in counts
    ]
    header = "Tổ chức|Năm|Công chức|Viên chức|Người lao động|Tổng số"
    return ExampleTable(example("bien-che", SINCE, TODAY), header, rows)


def targets() -> ExampleTable:
    """A row for each organization and year, a column for each code that an indicator has in some year."""
    standing = Target.objects.standing().filter(indicator__headline=True)
    of: dict[tuple[int, str], dict[str, str]] = {}
    order = Indicator.objects.filter(headline=True).order_by("-group__year", "group__order")
    codes = list(dict.fromkeys(order.values_list("code", flat=True)))
    for t in standing.select_related("indicator__group", "organization"):
        row = of.setdefault((t.indicator.group.year, t.organization.code), {})
        row[t.indicator.code] = plain(t.value)
    rows = [
        (code, year, *(levels.get(c) for c in codes)) for (year, code), levels in sorted(of.items(), key=_bloc_first)
    ]
    note = f"Trước đó hãy mở các năm {min(YEARS)}–{max(YEARS)} ở trang Bắt đầu."
    paper = standing.order_by("-indicator__group__year", "pk").first().added.document
    told = example("chi-tieu", SINCE, TODAY, paper=paper, note=note)
    return ExampleTable(told, "|".join(["Tổ chức", "Năm", *codes]), rows)


def _bloc_first(row: tuple[tuple[int, str], dict[str, str]]) -> tuple[int, bool, str]:
    (year, code), _ = row
    return year, code != "K", code


def ratings() -> Iterator[ExampleTable]:
    """Of each locked year those of members, then of organizations."""
    for period in Period.objects.standing().filter(quarter=None, locked__isnull=False).order_by("year"):
        yield _of_members(period)
        yield _of_organizations(period)


def _of_members(period: Period) -> ExampleTable:
    levels = {level.rank: level.member_label for level in period.scheme.levels.all()}
    lines = MemberRating.objects.standing().filter(period=period, on_roll=True)
    lines = lines.select_related("member", "organization", "reason")
    rows = [
        (
            *who(line.member),
            line.organization.code,
            levels[line.decided] if line.decided else "",
            line.reason.label if line.reason else "",
        )
        for line in lines.order_by("organization__code", "member__sort_key", "pk")
    ]
    steps = Step.objects.filter(sheet__period=period).select_related("added__document").order_by("pk")
    paper = steps.filter(after=State.DECIDED).first().added.document
    told = example(
        "xep-loai",
        f"năm {period.year}",
        steps.filter(after=State.ACCEPTED).first().added.on,
        name=f"xep-loai-{period.slug}",
        paper=paper,
        period=period.slug,
        note=_opened(period),
    )
    return ExampleTable(told, f"{WHO}|Chi bộ|Mức xếp loại|Lý do không xếp loại", rows)


def _of_organizations(period: Period) -> ExampleTable:
    levels = {level.rank: level.organization_label for level in period.scheme.levels.all()}
    lines = OrganizationRating.objects.standing().filter(period=period)
    lines = list(lines.select_related("organization", "reason", "decision").order_by("organization__code"))
    rows = [
        (
            line.organization.code,
            levels[line.level] if line.level else "",
            line.reason.label if line.reason else "",
            "x" if line.exemplary else "",
            line.get_task_display(),
        )
        for line in lines
    ]
    told = example(
        "xep-loai-to-chuc",
        f"năm {period.year}",
        date(period.year + 1, 1, 10),
        name=f"xep-loai-to-chuc-{period.slug}",
        paper=lines[0].decision,
        period=period.slug,
        note=_opened(period),
    )
    header = "Tổ chức|Mức xếp loại|Lý do không xếp loại|Tiêu biểu|Nhiệm vụ chính trị"
    return ExampleTable(told, header, rows)


def _opened(period: Period) -> str:
    return f"Trước đó hãy mở năm {period.year} ở trang Bắt đầu; ghi xong cả đảng viên và tổ chức thì khóa kỳ."


def offices_of_the_bloc() -> ExampleTable:
    return _offices("tai-khoan-khoi", "vai trò ở Đảng bộ Khối", of_bloc=True)


def offices_below() -> ExampleTable:
    return _offices("tai-khoan", "đảng ủy cơ sở và bí thư chi bộ", of_bloc=False)


def _offices(name: str, title: str, *, of_bloc: bool) -> ExampleTable:
    held = Appointment.objects.on(TODAY).select_related("user", "organization").order_by("organization__code", "pk")
    held = held.filter(organization__code="K") if of_bloc else held.exclude(organization__code="K")
    rows = [(a.organization.code, a.get_role_display(), a.user.display_name, a.user.username, a.starts) for a in held]
    told = example("tai-khoan", title, TODAY, name=name)
    return ExampleTable(told, "Tổ chức|Vai trò|Họ và tên hiển thị|Tên đăng nhập|Giữ vai trò từ ngày", rows)
