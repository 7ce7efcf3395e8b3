"""What may be the same person twice: right where two people are alike, so it is to be looked at and never wrong by itself."""

from collections import defaultdict

from django.urls import reverse

from ledger.numbers import day_in_words
from ledger.soundness import Finding, check
from ledger.spells import FOREVER

from .identity import cards
from .identity.likeness import differences, same_birth
from .models import Admission, CandidateRecord, Member, Membership, Precision
from .standing_candidates import key_of, known_of


@check("Nguồn kết nạp: ai còn chờ thì chờ một lần, và chưa là đảng viên", quick=False, certain=False)
def candidates_are_not_known_already():
    records = CandidateRecord.objects.standing()
    born = {"member__birth_date__in": records.values("birth_date"), "member__birth_precision": Precision.DAY}
    spells = Membership.objects.standing().filter(ends=FOREVER, **born)
    members = {key_of(s.member.full_name, s.member.birth_date) for s in spells.select_related("member")}
    waiting = set()
    for pk, known in known_of(sorted(records.values_list("candidate", flat=True))).items():
        key, page = key_of(known.record.full_name, known.record.birth_date), reverse("candidate", args=[pk])
        if known.waits and key in members:
            yield Finding(f"{known.record}: đã là đảng viên mà còn trong nguồn kết nạp.", page)
        if known.waits and key in waiting:
            yield Finding(f"{known.record}: có trong nguồn kết nạp hai lần.", page)
        waiting |= {key} if known.waits else set()


@check(
    "Mỗi người một hồ sơ: không có hai hồ sơ cùng họ tên mà ngày sinh trùng hay gần giống", quick=False, certain=False
)
def nobody_is_written_twice():
    """Each record beside the first one, written before it, of which it would be asked when it is entered."""
    twins = list(_twins())
    joined = _ceremonies(pk for twin in twins for pk in (twin[0].pk, twin[1].pk))
    for other, first, why in twins:
        said = "; ".join(filter(None, [why, differences(other, first), _joined_together(other, first, joined)]))
        yield Finding(
            f"{other}, sinh {other.born}: hồ sơ số {other.pk} và số {first.pk} có thể của một người ({said}). Nếu đúng, "
            "hãy gộp; nếu là hai người thì để nguyên.",
            reverse("merge_records", args=[other.pk]) + f"?bo={first.pk}",
        )


def _twins():
    """(Member, the first before, why) of those alike; each is held against its namesakes alone."""
    before = defaultdict(list)
    for member in Member.objects.standing().order_by("pk"):
        names = {member.name_key, member.birth_name_key} - {""}
        namesakes = {other.pk: other for name in names for other in before[name]}
        pairs = ((namesakes[pk], same_birth(member, namesakes[pk])) for pk in sorted(namesakes))
        if twin := next((pair for pair in pairs if pair[1]), None):
            yield member, *twin
        for name in names:
            before[name].append(member)


def _ceremonies(members):
    """{member id: {days of joining}}"""
    joined = defaultdict(set)
    rows = Admission.objects.standing().filter(member__in=set(members))
    for pk, ceremony in rows.values_list("member", "ceremony"):
        joined[pk].add(ceremony)
    return joined


def _joined_together(one, other, joined):
    days = sorted(joined[one.pk] & joined[other.pk])
    return f"cùng vào Đảng {day_in_words(days[0])}" if days else ""


@check("Số thẻ đảng viên không phải số thẻ cũ của đồng chí khác", quick=False, certain=False)
def cards_were_nobody_elses():
    members = Member.objects.standing().exclude(card_number="")
    before = cards.holders_of_old(cards.given_again())
    holders = Member.objects.in_bulk(set().union(*before.values()))
    for member in members.filter(card_number__in=before):
        for pk in sorted(before[member.card_number] - {member.pk}):
            yield Finding(
                f"{member}: số thẻ {member.card_number} trước đây ghi cho {holders[pk]}. Hãy đối chiếu thẻ của hai người.",
                reverse("member", args=[member.pk]),
            )
