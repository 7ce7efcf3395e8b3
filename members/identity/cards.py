"""Numbers that a member's card bore before: exchanged since (8 digits for 12), or of a record merged into theirs.

An Amendment keeps the number that gave way, a merged record its own: no column of old numbers stands beside them that
could come to disagree. A number that was only mistyped once counts as old, too; it warns and never refuses.
"""

from collections import defaultdict

from members.models import Amendment, Member, Merger

EXCHANGED = {"field": Amendment.Field.CARD_NUMBER, "voided__isnull": True}


def old_numbers(members):
    """{member id: {numbers of before}} of `members` (ids). Three queries, one more for each merger of the merged."""
    owner = _merged_into(members)
    numbers_of = defaultdict(set)
    for record, number in Amendment.objects.filter(member__in=owner, **EXCHANGED).values_list("member", "before"):
        numbers_of[owner[record]].add(number)
    merged = owner.keys() - set(members)
    for record, number in Member.objects.filter(pk__in=merged).values_list("pk", "card_number") if merged else ():
        numbers_of[owner[record]].add(number)
    now = dict(Member.objects.filter(pk__in=numbers_of).values_list("pk", "card_number")) if numbers_of else {}
    return {pk: kept for pk, numbers in numbers_of.items() if (kept := numbers - {"", now[pk]})}


def _merged_into(members):
    """{id of a record: the id of `members` that it is part of}, those themselves included."""
    owner = {pk: pk for pk in members}
    last = owner.keys()
    while last:
        rows = Merger.objects.standing().filter(member__in=last).values_list("dropped", "member")
        more = {dropped: owner[kept] for dropped, kept in rows if dropped not in owner}
        owner |= more
        last = more.keys()
    return owner


def holders_of_old(numbers):
    """{number: {ids of the members whose card bore it before}}. As many queries as `old_numbers`."""
    numbers = set(numbers) - {""}
    if not numbers:
        return {}
    rows = list(Amendment.objects.filter(before__in=numbers, **EXCHANGED).values_list("member", "before"))
    rows += list(_merged().filter(card_number__in=numbers).values_list("pk", "card_number"))
    kept = _kept_of({record for record, _ in rows})
    holders = defaultdict(set)
    for record, number in rows:
        holders[number].add(kept[record])
    return holders


def _kept_of(records):
    """{id of a record: the id of the record that it is part of now}"""
    into = {}
    last = records
    while last:
        rows = Merger.objects.standing().filter(dropped__in=last).values_list("dropped", "member")
        into |= (more := dict(rows))
        last = set(more.values()) - into.keys()
    kept = {}
    for record in records:
        kept[record] = record
        while kept[record] in into:
            kept[record] = into[kept[record]]
    return kept


def given_again():
    """Numbers of cards that somebody holds and somebody, perhaps the same, held before. Two queries."""
    current_numbers = Member.objects.standing().exclude(card_number="").values("card_number")
    exchanged = set(Amendment.objects.filter(before__in=current_numbers, **EXCHANGED).values_list("before", flat=True))
    return exchanged | set(_merged().filter(card_number__in=current_numbers).values_list("card_number", flat=True))


def _merged():
    """Records that are part of another; one taken back, as entered in error, is nobody's."""
    return Member.objects.filter(merged_into__voided__isnull=True, merged_into__isnull=False)
