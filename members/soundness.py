"""What must hold of people and the roll."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from ledger import clock, days
from ledger.numbers import day_in_words
from ledger.soundness import WHOSE, Finding, check, unclean
from ledger.spells import FOREVER
from ledger.text import within_sentence
from organizations.models import Organization, OrganizationSpell
from organizations.soundness import page_of

from . import soundness_of_doubles, soundness_of_oddities  # noqa: F401 - their checks run with these
from .badges import party_age
from .badges.awards import is_deserved, misplaced
from .identity.ages import LONGEST_LIFE, OLDEST, YOUNGEST
from .identity.consents import consenting, without_consent
from .life.posts import outside
from .merging.mergers import models
from .models import (
    LEAVING,
    Admission,
    Amendment,
    BadgeAward,
    CandidateRecord,
    Discipline,
    Exit,
    Extension,
    Member,
    Membership,
    Merger,
    Officialization,
    Post,
    Status,
    TransferOffer,
)
from .records.amendments import catalogue_names, texts, words
from .register.bound_to_roll import off_the_roll
from .register.lives import impossible_candidates, impossible_lives
from .register.ways_back import GONE, half_moves, without_way_back
from .roll.flows import flows
from .roll.probation_path import paths
from .standing_candidates import known_of

WHOSE["member"] = lambda member: (str(member), record_of(member.pk))
WHOSE["candidate"] = lambda candidate: (
    str(known_of([candidate.pk])[candidate.pk].record),
    page_of_candidate(candidate.pk),
)


@check("Số thẻ đảng viên không trùng")
def cards_are_unique():
    cards = Member.objects.standing().exclude(card_number="").values("card_number")
    for row in cards.annotate(n=Count("pk")).filter(n__gt=1):
        names = Member.objects.standing().filter(card_number=row["card_number"]).values_list("full_name", flat=True)
        yield Finding(f"Số thẻ {row['card_number']} ghi cho {', '.join(names)}.")


@check("Đảng viên sinh hoạt ở chi bộ đang hoạt động trong suốt thời gian ghi")
def cells_stand():
    spells = defaultdict(list)
    for s in OrganizationSpell.objects.standing().order_by("starts"):
        if s.holds_members:
            spells[s.organization_id].append((s.starts, s.ends))
    rows = Membership.objects.standing().select_related("member", "organization")
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
    memberships = defaultdict(list)
    for member, starts, ends in (
        Membership.objects.standing().order_by("starts").values_list("member_id", "starts", "ends")
    ):
        memberships[member].append((starts, ends))
    for model in (Status, Post):
        for row in model.objects.standing().select_related("member"):
            if not _within(row.starts, row.ends, memberships[row.member_id]):
                kind = within_sentence(row.get_kind_display())
                yield Finding(
                    f"{row.member}: {kind} từ {day_in_words(row.starts)}, ngoài thời gian có tên trong danh sách."
                )


@check("Công nhận chính thức, gia hạn dự bị, kỷ luật, Huy hiệu Đảng chỉ ghi cho người có tên trong danh sách hôm đó")
def acts_are_of_those_on_the_roll():
    for row in off_the_roll():
        yield Finding(
            f"{row.member}: {row._meta.verbose_name} ghi ngày {day_in_words(row.on)}, ngoài thời gian có tên trong danh sách.",
            record_of(row.member_id),
        )


@check("Chức vụ đảng chỉ giữ ở tổ chức mà chi bộ của người giữ trực thuộc")
def posts_are_held_in_the_line():
    for row, day in outside(list(Post.objects.standing().select_related("member", "organization"))).items():
        yield Finding(
            f"{row.member}: {within_sentence(row.get_kind_display())} ở {row.organization.code}, từ {day_in_words(day)} không sinh "
            "hoạt trong tổ chức đó.",
            record_of(row.member_id),
        )


@check("Ai đã ra khỏi danh sách chỉ trở lại bằng cách được phép")
def who_left_has_a_way_back():
    spells = defaultdict(list)
    left = Membership.objects.standing().filter(exit__in=LEAVING)
    rows = Membership.objects.standing().filter(member__in=left.values("member")).select_related("member")
    for row in rows.order_by("starts"):
        spells[row.member_id].append(row)
    for member, memberships in spells.items():
        for gone, back in without_way_back(memberships):
            yield Finding(
                f"{gone.member}: {GONE[gone.exit]} ngày {day_in_words(gone.ends)}, lại ghi “{back.get_entry_display()}” "
                f"ngày {day_in_words(back.starts)}.",
                record_of(member),
            )


@check("Ai chuyển từ chi bộ này sang chi bộ khác thì liền ngày, có nơi đi và nơi đến")
def moves_have_two_sides():
    spells = defaultdict(list)
    for row in Membership.objects.standing().select_related("member").order_by("starts"):
        spells[row.member_id].append(row)
    for member, memberships in spells.items():
        for before, after in half_moves(memberships):
            day = before.ends if before else after.starts
            yield Finding(
                f"{memberships[0].member}: lần chuyển ngày {day_in_words(day)} chỉ có một bên.", record_of(member)
            )


@check("Ai có tên trong danh sách đều có ngày vào Đảng, và chính thức sau ngày kết nạp")
def admissions_come_first():
    admitted = dict(_first(Admission.objects.standing(), "ceremony"))
    for member, name, starts in (
        Membership.objects.standing()
        .values("member_id")
        .annotate(first=Min("starts"))
        .values_list("member_id", "member__full_name", "first")
    ):
        if member not in admitted or admitted[member] > starts:
            yield Finding(f"{name}: vào danh sách ngày {day_in_words(starts)} mà chưa kết nạp.")
    for row in Officialization.objects.standing().select_related("member"):
        if row.member_id in admitted and row.on < admitted[row.member_id]:
            yield Finding(f"{row.member}: chính thức ngày {day_in_words(row.on)}, trước ngày kết nạp.")


@check(
    f"Ngày sinh, ngày kết nạp của mỗi người là có thể: đủ {YOUNGEST} tuổi khi kết nạp, không quá {LONGEST_LIFE} tuổi"
)
def lives_are_possible():
    for member, fault in impossible_lives():
        yield Finding(f"{member} {fault}. Hãy sửa ngày sinh ở hồ sơ, hoặc hủy việc ghi nhầm.", record_of(member.pk))
    for record, fault in impossible_candidates():
        yield Finding(f"{record} {fault}. Hãy sửa lý lịch trong nguồn kết nạp.", page_of_candidate(record.candidate_id))


@check(lambda: f"Ai kết nạp ở Khối khi quá {OLDEST} tuổi đều có văn bản đồng ý (nay của {consenting()})")
def the_old_were_admitted_with_consent():
    for row in without_consent(Admission.objects.standing().select_related("member")):
        yield Finding(
            f"{row.member}: kết nạp ngày {day_in_words(row.ceremony)} khi quá {OLDEST} tuổi mà không có văn bản đồng ý.",
            record_of(row.member_id),
        )


def _first(rows, column):
    return rows.values("member_id").annotate(first=Min(column)).values_list("member_id", "first")


@check("Nguồn kết nạp: các bước đúng thứ tự; ai còn chờ thì chờ ở chi bộ")
def candidacies_are_in_order():
    records = CandidateRecord.objects.standing()
    cells = {s.organization_id for s in OrganizationSpell.objects.standing().filter(ends=FOREVER) if s.holds_members}
    for known in known_of(sorted(records.values_list("candidate", flat=True))).values():
        way = [(step.stage, step.on) for step in known.steps]
        if way != sorted(way) or [on for _, on in way] != sorted(on for _, on in way):
            yield Finding(f"{known.record}: các bước trong nguồn kết nạp không theo thứ tự.")
        if known.waits and known.last.organization_id not in cells:
            yield Finding(f"{known.record}: chờ kết nạp ở {known.last.organization.code}, nay không là chi bộ.")


@check("Huy hiệu Đảng trao khi đủ tuổi Đảng")
def badges_are_deserved():
    awards = list(BadgeAward.objects.standing().select_related("member", "level"))
    services = party_age.services({award.member_id for award in awards})
    for award in awards:
        months = services[award.member_id].months(award.on)
        if not is_deserved(award, months):
            age = party_age.in_words(max(months, 0))
            yield Finding(f"{award.member}: Huy hiệu {award.level.years} năm khi có {age} tuổi Đảng.")


@check("Huy hiệu Đảng ghi ở chi bộ mà người nhận sinh hoạt ngày trao")
def badges_are_where_their_holders_were():
    for award, spell in misplaced(BadgeAward.objects.all()):
        yield Finding(
            f"{award.member}: Huy hiệu Đảng trao ngày {day_in_words(award.on)} ghi ở {award.organization.code}, hôm đó sinh "
            f"hoạt ở {spell.organization.code}.",
            record_of(award.member_id),
        )


@check("Đầu kỳ + tăng − giảm = cuối kỳ, ở mọi tổ chức, mọi năm")
def flows_balance():
    first = Membership.objects.standing().aggregate(day=Min("starts"))["day"]
    if first is None:
        return
    organizations = list(Organization.objects.all())
    codes = {o.pk: o.code for o in organizations}
    for year in range(max(first, days.limits().earliest).year, clock.today().year + 1):
        last = min(date(year, 12, 31), clock.today())
        for pk, flow in flows(organizations, date(year, 1, 1), last).items():
            if not flow.balances:
                yield Finding(
                    f"{codes[pk]} năm {year}: {flow.opening} + {flow.gained} − {flow.lost} + {flow.reorganized} "
                    f"≠ {flow.closing}.",
                    page_of(codes[pk], last),
                )


def page_of_candidate(candidate):
    """Address of the page of the candidate with this id."""
    return reverse("candidate", args=[candidate])


def record_of(member):
    """Address of the record of the person with this id."""
    return reverse("member", args=[member])


@check("Giới thiệu chuyển sinh hoạt chỉ chờ trả lời cho người còn ở chi bộ giới thiệu")
def offers_wait_at_their_source():
    waiting = TransferOffer.objects.standing().filter(answer=TransferOffer.Answer.WAITING)
    last = {}
    places = Membership.objects.standing().filter(member__in=waiting.values("member")).order_by("starts")
    for spell in places:
        last[spell.member_id] = spell
    for row in waiting.select_related("member", "source"):
        spell = last.get(row.member_id)
        if spell is None or not spell.is_open or spell.organization_id != row.source_id:
            yield Finding(
                f"{row.member}: giới thiệu ngày {day_in_words(row.offered)} còn chờ, mà đồng chí không ở {row.source.code}.",
                record_of(row.member_id),
            )


@check("Gia hạn dự bị, kỷ luật, khai trừ đúng với diện dự bị hay chính thức lúc đó")
def acts_fit_probation():
    longer = Extension.objects.standing().select_related("member")
    removed = Discipline.objects.standing().filter(kind=Discipline.Kind.REMOVAL).select_related("member")
    expelled = Membership.objects.standing().filter(exit=Exit.EXPELLED).select_related("member")
    ways = paths({row.member_id for rows in (longer, removed, expelled) for row in rows})
    for row in longer:
        if ways[row.member_id].since(row.on) is None:
            yield Finding(
                f"{row.member}: gia hạn ngày {day_in_words(row.on)} mà không dự bị.", record_of(row.member_id)
            )
    for row, day, what in [(r, r.on, "cách chức") for r in removed] + [(r, r.ends, "khai trừ") for r in expelled]:
        if ways[row.member_id].since(day):
            yield Finding(f"{row.member}: {what} ngày {day_in_words(day)} khi đang dự bị.", record_of(row.member_id))


@check("Lần sửa cuối của mỗi mục hồ sơ là điều hồ sơ đang ghi")
def records_say_what_was_last_amended():
    last = {}
    rows = Amendment.objects.standing().order_by("pk")
    for row in rows.select_related("member__ethnic_group", "member__religion"):
        last[row.member_id, row.field] = row
    wrong = [(row, Amendment(field=row.field, after=texts(row.member)[row.field])) for row in last.values()]
    wrong = [(row, now) for row, now in wrong if row.after != now.after]
    names = catalogue_names([one for pair in wrong for one in pair])
    for row, now in wrong:
        said, kept = (words(row.field, one.after, names) for one in (now, row))
        yield Finding(f"{row.member}: {row.get_field_display()} ghi {said}, lần sửa cuối là {kept}.")


@check("Hồ sơ đã gộp không còn dòng nào đứng riêng")
def merged_records_are_empty():
    dropped = {m.dropped_id: m.dropped for m in Merger.objects.standing().select_related("dropped")}
    for member in dropped.values():
        if member.voided_id is None:
            yield Finding(f"Hồ sơ số {member.pk} của {member} đã gộp mà vẫn còn hiệu lực.")
    for model in models():
        rows = model._base_manager.filter(member__in=dropped, voided__isnull=True)
        for pk, member in rows.values_list("pk", "member_id"):
            name = model._meta.verbose_name
            yield Finding(f"Hồ sơ số {member} của {dropped[member]} đã gộp mà còn {name} số {pk}.")


@check("Chữ đã ghi về đảng viên, nguồn kết nạp không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean():
    yield from unclean("members", {Member: record_of})
