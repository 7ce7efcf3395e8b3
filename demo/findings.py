"""What the inspections and letters of a year led to in the demonstration: conclusions, discipline, what is still running."""

from datetime import date, timedelta
from random import Random

from inspections.checks import register
from inspections.discipline import discipline
from inspections.letters import letters
from inspections.models import InspectionSubject, Letter, OrganizationDiscipline
from members.life import sanctions
from members.models import Discipline
from members.roll.on_a_day import below
from ratings.models import MemberRating, OrganizationRating

from .plan import SEED, TODAY

UBKT = "Ủy ban Kiểm tra Đảng ủy Khối"
TEXTS = (
    "Cấp ủy lãnh đạo, tổ chức thực hiện nghiêm túc. Cần kiểm tra cấp dưới thường xuyên hơn.",
    "Nội dung được kiểm tra cơ bản tốt. Việc ghi sổ sách còn chậm, khắc phục trong quý sau.",
    "Thực hiện đúng quy chế làm việc. Đề nghị bổ sung phân công cấp ủy viên phụ trách chi bộ.",
)


def play_findings(play, year):
    """`play`: the Loader. Its luck is its own, so that what is played after it stays as it is."""
    luck = Random(f"{SEED}-{year}")
    rows = InspectionSubject.objects.standing().filter(inspection__year=year, done_on__isnull=False)
    done = list(rows.select_related("inspection", "organization").order_by("pk"))
    bloc = [s for s in done if s.inspection.conductor_id == play.org["K"].pk and s.inspection.kind != "FINANCE"]
    _conclude(play, year, bloc, luck)
    if year < TODAY.year:
        _discipline(play, year, bloc)
    else:
        _tie(play, bloc)
        _still_running(play)


def _conclude(play, year, subjects, luck):
    conclusions = [
        register.NewConclusion(subject=s, on=s.done_on + timedelta(days=luck.randint(7, 14)), text=luck.choice(TEXTS))
        for s in subjects
    ]
    conclusions = [f for f in conclusions if f.on <= min(date(year, 12, 28), TODAY)]
    on = max(f.on for f in conclusions)
    paper = play.paper(f"{year % 100 + 20}-TB/UBKT", on, "Thông báo kết luận kiểm tra, giám sát", UBKT)
    register.conclude(conclusions, by=play.by, on=on, document=paper)


def _discipline(play, year, subjects):
    """Of those rated low that year in what was inspected, and of one organization rated low."""
    rated = MemberRating.objects.standing().filter(period__year=year, decided__gte=3)
    low = dict(rated.values_list("member", "decided"))
    rows, origins = [], []
    for subject in subjects:
        day = subject.done_on + timedelta(days=21)
        there = below(subject.organization, subject.done_on).filter(
            member__in=low, starts__lt=subject.done_on, ends__gt=day
        )
        member = there.select_related("member").order_by("member").first()
        if member and day.year == year and len(rows) < 3 and member.member not in [m for m, _, _ in rows]:
            kind = Discipline.Kind.WARNING if low[member.member_id] == 4 else Discipline.Kind.REPRIMAND
            rows.append((member.member, kind, day))
            origins.append(subject)
    if rows:
        on = max(day for _, _, day in rows)
        paper = play.paper(f"{year % 100}-QĐ/UBKT", on, "Kỷ luật đảng viên", UBKT)
        sanctions.discipline(rows, by=play.by, on=on, document=paper)
        made = {d.member_id: d for d in Discipline.objects.filter(member__in=[m for m, _, _ in rows], on__year=year)}
        pairs = [(made[m.pk], origin) for (m, _, _), origin in zip(rows, origins, strict=True)]
        discipline.tie(pairs, by=play.by, on=on)
    _discipline_an_organization(play, year, subjects)


def _discipline_an_organization(play, year, subjects):
    rated = OrganizationRating.objects.standing().filter(period__year=year, level__gte=3, tier="GRASSROOTS")
    worst = rated.select_related("organization").order_by("-level", "organization__code").first()
    if worst is None:
        return
    day = date(year, 12, 18)
    origin = next((s for s in subjects if s.organization_id == worst.organization_id and s.done_on <= day), None)
    decision = discipline.Decision(
        organization=worst.organization, kind=OrganizationDiscipline.Kind.REPRIMAND, on=day, origin=origin
    )
    paper = play.paper(f"{year % 100 + 60}-QĐ/ĐUK", day, "Kỷ luật tổ chức đảng")
    discipline.discipline_organizations([decision], by=play.by, on=day, document=paper)


def _tie(play, subjects):
    """Ties the disciplines of the open year to what they may have followed from."""
    tied = set()
    received = Letter.objects.standing().filter(received_on__year=TODAY.year).select_related("organization")
    for origin in [*subjects, *received.order_by("pk")]:
        pairs = [(row, origin) for name, row in discipline.disciplines_to_tie(origin) if (name, row.pk) not in tied]
        if pairs:
            discipline.tie(pairs[:1], by=play.by, on=TODAY)
            tied.add(("discipline", pairs[0][0].pk))


def _still_running(play):
    """Letters of the open year that nobody counts yet: running, waiting to be accepted, passed on."""
    days = [
        ("06", "DB07", date(2018, 10, 3), date(2018, 10, 10), date(2018, 12, 28)),
        ("07", "CB14", date(2018, 11, 12), date(2018, 11, 19), date(2019, 2, 15)),
        ("08", "DB19", date(2018, 12, 3), None, date(2019, 3, 4)),
        ("09", "CB05", date(2018, 12, 5), None, date(2019, 3, 5)),
    ]
    rows = [
        letters.ReceivedLetter(
            number=f"{n}/ĐT-2018", organization=play.org[code], received_on=received, accepted_on=accepted, due_on=due
        )
        for n, code, received, accepted, due in days
    ]
    *_, last = letters.register_letters(rows, by=play.by, on=date(2018, 12, 5))
    to = "Ủy ban Kiểm tra Tỉnh ủy"
    letters.forward_letters({last: (to, date(2018, 12, 11))}, by=play.by, on=date(2018, 12, 11))
