"""Whether somebody is perhaps written already: folded name and birth, or the number of a card (domain §7.2).

The one likeness of the house: for whoever is entered, amended, recommended or merged. A day of birth with a digit
slipped, or with day and month changed about, is the same person perhaps; so is a card that was exchanged since.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from ledger import clock
from ledger.acts import Refused, wait_turn
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import search_key, within_sentence
from members.models import Entry, Exit, Member, Membership, Precision, born_text
from organizations import lineage

from . import cards

SAME_CARD, SAME_NAME_AND_BIRTH = "cùng số thẻ đảng viên", "cùng họ tên và ngày sinh"
OLD_CARD = "số thẻ đảng viên trùng với số thẻ cũ"
SAME_NAME_AND_YEAR = "cùng họ tên, ngày sinh khớp trong phần đã ghi"
DAY_AND_MONTH = "cùng họ tên, ngày và tháng sinh đổi chỗ cho nhau"
ONE_DIGIT = "cùng họ tên, ngày sinh lệch một chữ số"
AT_A_TIME = 200  # members that are looked at together
KNOWN_PARTS = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}


class Anybody(frozenset):
    """Said of a list that was compared before it is written: whoever is like one of its people is somebody else."""

    def __contains__(self, key):
        return True


ANYBODY = Anybody()


@dataclass(frozen=True)
class Likeness:
    """A member who is perhaps the same person.

    `differs`: what is written otherwise; `places`: sentences; `is_here`: on a roll today; `written`: the act that
    brought the record.
    """

    member: Member
    why: str
    differs: str
    places: list
    is_here: bool
    written: object

    @property
    def key(self):
        """Names the record where somebody says that it is another person's."""
        return key_of_member(self.member.pk)

    @property
    def person(self):
        return self.member

    @property
    def address(self):
        return reverse("member", args=[self.member.pk])


def key_of_member(pk):
    return f"dv{pk}"


class PerhapsKnown(Refused):
    """Somebody to be written is perhaps written already. `alike`: the Likenesses, to be looked at."""

    def __init__(self, sentences, alike):
        super().__init__(sentences)
        self.alike = alike


def resemblance(one, other, old_of_one=(), old_of_other=()):
    """Why two people may be one; "" when they are not alike. A day, month or year of birth counts as far as known.

    Members, saved or not, or records of candidates; `old_of_…`: numbers of cards they gave back.
    """
    cards_of_both = card_of(one), card_of(other)
    if cards_of_both[0] and cards_of_both[0] == cards_of_both[1]:
        return SAME_CARD
    if any(card and card in old for card, old in zip(cards_of_both, (old_of_other, old_of_one), strict=True)):
        return OLD_CARD
    why = same_birth(one, other)  # asked first: it takes less than to fold names
    return why if why and names_of(one) & names_of(other) else ""


def names_of(person):
    """The folded names a person goes by."""
    return {search_key(name) for name in (person.full_name, getattr(person, "birth_name", "")) if name}


def card_of(person):
    """The number of the card, "" for none; a candidate has none."""
    return getattr(person, "card_number", "")


def same_birth(one, other):
    """Why two births, each known as far as it is, may be one; "" when they may not, or one is not known at all."""
    if not (one.birth_date and other.birth_date):
        return ""
    known = min(KNOWN_PARTS[Precision(person.birth_precision)] for person in (one, other))
    first, second = (_parts(person.birth_date)[:known] for person in (one, other))
    if first == second:
        return SAME_NAME_AND_BIRTH if known == 3 else SAME_NAME_AND_YEAR
    if known < 3:
        return ""
    if first == (second[0], second[2], second[1]):
        return DAY_AND_MONTH
    return ONE_DIGIT if _slipped(first, second) else ""


def _parts(day):
    return day.year, day.month, day.day


def _slipped(first, second):
    """Whether one digit differs, or two neighbours within the year, the month or the day changed places."""
    wrong = [(f"{a:0{n}}", f"{b:0{n}}") for a, b, n in zip(first, second, (4, 2, 2), strict=True) if a != b]
    if len(wrong) != 1:
        return False
    a, b = wrong[0]
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    swapped = len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
    return len(at) == 1 or swapped


def alike(people, among=None):
    """[[(Member, why)] of those like each of `people`]; by name. As many queries for many as for one.

    `people`: Members, saved or not, or records of candidates.

    `among`: a queryset of Members, when not all are asked.
    """
    people = list(people)
    names = set().union(*map(names_of, people))
    given_back = cards.old_numbers([person.pk for person in people if _is_member(person)])
    held_before = cards.holders_of_old(map(card_of, people))
    numbers = set(map(card_of, people)).union(*given_back.values()) - {""}
    rows = Member.objects.all() if among is None else among
    rows = rows.filter(_wanted(names, numbers, set().union(*held_before.values()))).order_by()
    asked = _Asked(people, given_back, held_before)
    told = [[] for _ in people]
    # Of those who bear a name few are alike, and only these are held: a register has ever more bearers of a name.
    for row in rows.iterator(chunk_size=AT_A_TIME):
        if row.voided_id is None:
            for n, why in asked.about(row):
                told[n].append((row, why))
    return [sorted(pairs, key=lambda pair: (pair[0].sort_key, pair[0].pk)) for pairs in told]


def _wanted(names, numbers, ids):
    """Condition on Members. Each part says what its index is of; nothing beside them, and no order, is asked of the
    database, which would then rather walk all who stand.
    """
    by_birth_name = Q(birth_name_key__in=names) & ~Q(birth_name_key="")
    by_card = Q(card_number__in=numbers, voided__isnull=True) & ~Q(card_number="")
    wanted = Q(name_key__in=names) | by_birth_name
    return wanted | by_card | Q(pk__in=ids) if numbers else wanted


def _is_member(person):
    return isinstance(person, Member) and person.pk is not None


class _Asked:
    """Many people who are asked about, by name, by card and by whoever held their card before, so that no row is held
    against all.
    """

    def __init__(self, people, given_back, held_before):
        self.people = people
        self.old, self.by_word, self.by_holder = defaultdict(set, given_back), defaultdict(set), defaultdict(set)
        for number, holders in held_before.items():
            for holder in holders:
                self.old[holder].add(number)
        self.given_back = [self.old.get(person.pk, ()) if _is_member(person) else () for person in people]
        for n, person in enumerate(people):
            for word in {*names_of(person), card_of(person), *self.given_back[n]} - {""}:
                self.by_word[word].add(n)
            for holder in held_before.get(card_of(person), ()):
                self.by_holder[holder].add(n)

    def about(self, row):
        """(place of one of the people, why) of those whom the Member `row` is like."""
        places = set().union(
            *(self.by_word.get(word, ()) for word in {row.name_key, row.birth_name_key, row.card_number})
        )
        for n in sorted(places | self.by_holder.get(row.pk, set())):
            person = self.people[n]
            if _is_member(person) and person.pk == row.pk:
                continue
            if why := resemblance(person, row, self.given_back[n], self.old.get(row.pk, ())):
                yield n, why


def likely(person, among=None):
    """[Likeness] of those like `person`, a Member saved or not."""
    return described([(member, why, person) for member, why in alike([person], among)[0]])


def take_turn(people):
    """Inside an act, before any row is locked: acts that name people alike wait for each other."""
    wait_turn(word for person in people for word in _words(person))


def _words(person):
    return (names_of(person) | {card_of(person)}) - {""}


def described(found):
    """[Likeness] of (member, why, person held against or None), with where and when each belongs or belonged."""
    found = list(found)
    today, spells = clock.today(), defaultdict(list)
    for spell in Membership.objects.standing().filter(member__in=[m.pk for m, _, _ in found]).order_by("starts"):
        spells[spell.member_id].append(spell)
    names = lineage.labels_at((s.organization_id, s.starts) for member_spells in spells.values() for s in member_spells)
    acts = Change.objects.select_related("by").in_bulk({member.added_id for member, _, _ in found})
    return [
        Likeness(
            member,
            why,
            differences(person, member) if person else "",
            [_place(spell, names[spell.organization_id, spell.starts]) for spell in reversed(spells[member.pk])],
            any(spell.starts <= today < spell.ends for spell in spells[member.pk]),
            acts[member.added_id],
        )
        for member, why, person in found
    ]


def differences(person, other):
    """What two people like each other are written with where it is not the same: "ngày sinh 08/05/1994 và 05/08/1994"."""
    rows = [
        ("họ tên", person.full_name, other.full_name),
        ("ngày sinh", *(born_text(one.birth_date, one.birth_precision) for one in (person, other))),
        ("số thẻ", card_of(person), card_of(other)),
    ]
    return "; ".join(
        f"{label} {mine} và {theirs}" for label, mine, theirs in rows if mine and theirs and mine != theirs
    )


def _place(spell, name):
    if spell.ends == FOREVER:
        return f"{name}, từ {day_in_words(spell.starts)} đến nay"
    why = Exit(spell.exit).label if spell.exit else Entry(spell.entry).label
    return f"{name}, từ {day_in_words(spell.starts)} đến trước {day_in_words(spell.ends)} ({within_sentence(why)})"
