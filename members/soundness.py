"""What must hold of people and the roll."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Min

from ledger import clock
from ledger.soundness import Finding, check
from ledger.spells import FOREVER
from organizations.models import Organization, OrganizationSpell
from organizations.soundness import page_of

from . import party_age
from .badges import allowance
from .candidates import key_of, known_of
from .models import Admission, BadgeAward, CandidateRecord, Member, Membership, Officialization, Post, Status
from .roll import flows


@check("Số thẻ đảng viên không trùng")
def cards_are_unique():
    cards = Member.objects.filter(voided__isnull=True).exclude(card_number="").values("card_number")
    for row in cards.annotate(n=Count("pk")).filter(n__gt=1):
        names = Member.objects.filter(card_number=row["card_number"], voided__isnull=True).values_list(
            "full_name", flat=True
        )
        yield Finding(f"Số thẻ {row['card_number']} ghi cho {', '.join(names)}.")


@check("Đảng viên sinh hoạt ở chi bộ đang hoạt động trong suốt thời gian ghi")
def cells_stand():
    spells = defaultdict(list)
    for s in OrganizationSpell.objects.current().order_by("starts"):
        if s.holds_members:
            spells[s.organization_id].append((s.starts, s.ends))
    rows = Membership.objects.current().select_related("member", "organization")
    for row in rows.iterator():
        if not _within(row.starts, row.ends, spells[row.organization_id]):
            yield Finding(
                f"{row.member} ở {row.organization.code}: chi bộ không hoạt động suốt thời gian đó.",
                page_of(row.organization.code, row.starts),
            )


def _within(starts, ends, spans):
    for s, e in spans:
        if s <= starts < e:
            starts = e
    return starts >= ends


@check("Mọi trạng thái, chức vụ nằm trong thời gian có tên trong danh sách")
def states_lie_within_membership():
    held = defaultdict(list)
    for member, starts, ends in (
        Membership.objects.current().order_by("starts").values_list("member_id", "starts", "ends")
    ):
        held[member].append((starts, ends))
    for model in (Status, Post):
        for row in model.objects.current().select_related("member"):
            if not _within(row.starts, row.ends, held[row.member_id]):
                kind = row.get_kind_display().lower()
                yield Finding(f"{row.member}: {kind} từ {row.starts:%d/%m/%Y}, ngoài thời gian có tên trong danh sách.")


@check("Ai có tên trong danh sách đều có ngày vào Đảng, và chính thức sau ngày kết nạp")
def admissions_come_first():
    admitted = dict(_first(Admission.objects.filter(voided__isnull=True), "ceremony"))
    for member, name, starts in (
        Membership.objects.current()
        .values("member_id")
        .annotate(first=Min("starts"))
        .values_list("member_id", "member__full_name", "first")
    ):
        if member not in admitted or admitted[member] > starts:
            yield Finding(f"{name}: vào danh sách ngày {starts:%d/%m/%Y} mà chưa kết nạp.")
    for row in Officialization.objects.filter(voided__isnull=True).select_related("member"):
        if row.member_id in admitted and row.on < admitted[row.member_id]:
            yield Finding(f"{row.member}: chính thức ngày {row.on:%d/%m/%Y}, trước ngày kết nạp.")


def _first(rows, column):
    return rows.values("member_id").annotate(first=Min(column)).values_list("member_id", "first")


@check("Nguồn kết nạp: các bước đúng thứ tự; ai còn chờ thì chờ một lần, ở chi bộ, và chưa là đảng viên")
def candidacies_are_in_order():
    records = CandidateRecord.objects.filter(voided__isnull=True)
    cells = {s.organization_id for s in OrganizationSpell.objects.current().filter(ends=FOREVER) if s.holds_members}
    spells = Membership.objects.current().filter(ends=FOREVER, member__birth_date__in=records.values("birth_date"))
    members = {key_of(s.member.full_name, s.member.birth_date) for s in spells.select_related("member")}
    waiting = set()
    for known in known_of(sorted(records.values_list("candidate", flat=True))).values():
        way = [(step.stage, step.on) for step in known.steps]
        if way != sorted(way) or [on for _, on in way] != sorted(on for _, on in way):
            yield Finding(f"{known.record}: các bước trong nguồn kết nạp không theo thứ tự.")
        if known.waits and known.last.organization_id not in cells:
            yield Finding(f"{known.record}: chờ kết nạp ở {known.last.organization.code}, nay không là chi bộ.")
        key = key_of(known.record.full_name, known.record.birth_date)
        if known.waits and key in members:
            yield Finding(f"{known.record}: đã là đảng viên mà còn trong nguồn kết nạp.")
        if known.waits and key in waiting:
            yield Finding(f"{known.record}: có trong nguồn kết nạp hai lần.")
        waiting |= {key} if known.waits else set()


@check("Huy hiệu Đảng trao khi đủ tuổi Đảng")
def badges_are_deserved():
    awards = list(BadgeAward.objects.filter(voided__isnull=True).select_related("member", "level"))
    services = party_age.services({award.member_id for award in awards})
    for award in awards:
        months = services[award.member_id].months(award.on)
        if months + allowance(award.level, award.kind) < 12 * award.level.years:
            age = party_age.in_words(max(months, 0))
            yield Finding(f"{award.member}: Huy hiệu {award.level.years} năm khi có {age} tuổi Đảng.")


@check("Đầu kỳ + tăng − giảm = cuối kỳ, ở mọi tổ chức, mọi năm")
def flows_balance():
    first = Membership.objects.current().aggregate(day=Min("starts"))["day"]
    if first is None:
        return
    organizations = list(Organization.objects.all())
    codes = {o.pk: o.code for o in organizations}
    for year in range(first.year, clock.today().year + 1):
        last = min(date(year, 12, 31), clock.today())
        for pk, flow in flows(organizations, date(year, 1, 1), last).items():
            if not flow.balances:
                yield Finding(
                    f"{codes[pk]} năm {year}: {flow.opening} + {flow.gained} − {flow.lost} + {flow.reorganized} "
                    f"≠ {flow.closing}.",
                    page_of(codes[pk], last),
                )
