"""What may be the same person twice: right where two people are alike, so it is to be looked at and never wrong by itself."""

from collections import defaultdict

from django.db.models import Count
from django.urls import reverse

from ledger.numbers import day as in_words
from ledger.soundness import Finding, check
from ledger.spells import FOREVER

from . import cards
from .candidates_known import key_of, known_of
from .models import Admission, CandidateRecord, Member, Membership, Precision


@check("Nguồn kết nạp: ai còn chờ thì chờ một lần, và chưa là đảng viên", quick=False, certain=False)
def candidates_are_not_known_already():
    records = CandidateRecord.objects.filter(voided__isnull=True)
    born = {"member__birth_date__in": records.values("birth_date"), "member__birth_precision": Precision.DAY}
    spells = Membership.objects.current().filter(ends=FOREVER, **born)
    members = {key_of(s.member.full_name, s.member.birth_date) for s in spells.select_related("member")}
    waiting = set()
    for pk, known in known_of(sorted(records.values_list("candidate", flat=True))).items():
        key, page = key_of(known.record.full_name, known.record.birth_date), reverse("candidate", args=[pk])
        if known.waits and key in members:
            yield Finding(f"{known.record}: đã là đảng viên mà còn trong nguồn kết nạp.", page)
        if known.waits and key in waiting:
            yield Finding(f"{known.record}: có trong nguồn kết nạp hai lần.", page)
        waiting |= {key} if known.waits else set()


@check("Mỗi người một hồ sơ: không có hai hồ sơ cùng họ tên, ngày sinh và ngày vào Đảng", quick=False, certain=False)
def nobody_is_written_twice():
    twins = Member.objects.filter(voided__isnull=True, birth_precision=Precision.DAY).values("name_key", "birth_date")
    twins = twins.order_by().annotate(n=Count("pk")).filter(n__gt=1)
    born = {(row["name_key"], row["birth_date"]) for row in twins}
    days = [day for _, day in born]
    rows = Admission.objects.filter(voided__isnull=True, member__voided__isnull=True, member__birth_date__in=days)
    found = defaultdict(dict)
    for row in rows.select_related("member").order_by("member"):
        who = row.member.name_key, row.member.birth_date
        if who in born and row.member.birth_precision == Precision.DAY:
            found[*who, row.ceremony][row.member_id] = row.member
    for (_, _, ceremony), people in found.items():
        first, *others = people.values()
        for other in others:
            yield Finding(
                f"{other}, sinh {other.born}, vào Đảng {in_words(ceremony)}: hồ sơ số {other.pk} và số {first.pk} có thể của "
                "một người. Nếu đúng, hãy gộp; nếu là hai người thì để nguyên.",
                reverse("merge_records", args=[other.pk]) + f"?bo={first.pk}",
            )


@check("Số thẻ đảng viên không phải số thẻ cũ của đồng chí khác", quick=False, certain=False)
def cards_were_nobody_elses():
    members = Member.objects.filter(voided__isnull=True).exclude(card_number="")
    before = cards.holders_of_old(cards.given_again())
    holders = Member.objects.in_bulk(set().union(*before.values()))
    for member in members.filter(card_number__in=before):
        for pk in sorted(before[member.card_number] - {member.pk}):
            yield Finding(
                f"{member}: số thẻ {member.card_number} trước đây ghi cho {holders[pk]}. Hãy đối chiếu thẻ của hai người.",
                reverse("member", args=[member.pk]),
            )
