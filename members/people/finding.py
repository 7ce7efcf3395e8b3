"""People found from anywhere: present ones and those who left, within the reader's reach (members/visibility.py)."""

from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from ledger import clock
from ledger.numbers import month_in_words
from ledger.text import number_text
from ledger.web.finding import Hit, HitGroup, begun
from members.identity import cards
from members.identity.homonyms import tell_apart
from members.identity.names import capitalised
from members.models import Exit, Member, Membership
from members.visibility import known_whole, open_to
from organizations import lineage
from organizations.access import visible_to

EVE = timedelta(days=1)
SHORTEST_CARD = 8
LEFT = {
    Exit.DEPARTED: "đã chuyển đi",
    Exit.SENT_AWAY: "đã chuyển đi cùng tổ chức",
    Exit.DIED: "từ trần",
    Exit.EXPELLED: "bị khai trừ",
    Exit.STRUCK: "bị xóa tên",
    Exit.RESIGNED: "đã xin ra khỏi Đảng",
    Exit.ABROAD: "đã ra nước ngoài",
}
ELSEWHERE = "đã chuyển sinh hoạt"


def people(user, text):
    """The HitGroup of the people that `text` finds: each word begins a word of a name, or it is the number of a card."""
    card = number_text(text)
    rows = _by_card(user, card) if card.isdecimal() and len(card) >= SHORTEST_CARD else _by_name(user, text)
    return HitGroup("nguoi", "Đảng viên", rows, lambda members: _told(user, members))


def _by_name(user, text):
    """As spelled, accents and all, before those that are alike without."""
    found = _of(Member.objects.standing().filter(begun("search_key", text.split())), open_to(user))
    exact = Q(full_name__contains=text) | Q(full_name__contains=capitalised(text))
    spelled = Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by("sort_key", "pk") if text.isascii() else found.order_by(spelled, "sort_key", "pk")


def _by_card(user, number):
    """The holder of the card, and of one given back; of those whose whole record the user sees."""
    before = cards.holders_of_old([number]).get(number, ())
    holders = Member.objects.standing().filter(Q(card_number=number) | Q(pk__in=before))
    return _of(holders, known_whole(user)).order_by("sort_key", "pk")


def _of(members, condition):
    """Those of `members` who were ever on a roll, and of whose memberships `condition` holds, where it is not None."""
    rows = Membership.objects.standing()
    return members.filter(pk__in=(rows if condition is None else rows.filter(condition)).values("member"))


def _told(user, members):
    today = clock.today()
    last = _last_places(user, members)
    days = {pk: max(spell.starts, min(today, spell.ends - EVE)) for pk, spell in last.items()}
    names = lineage.labels_at((spell.organization_id, days[pk]) for pk, spell in last.items())
    hits = []
    for person in tell_apart(members, user, born_shown=True):
        spell = last[person.pk]
        notes = (f"sinh {person.born}", names[spell.organization_id, days[person.pk]], *_left(spell, today))
        hits.append(Hit(person.called, reverse("member", args=[person.pk]), notes))
    return hits


def _last_places(user, members):
    """{member id: the last Membership that the user sees}"""
    spells = Membership.objects.standing().filter(member__in=[person.pk for person in members])
    spells = spells.filter(organization__in=visible_to(user, clock.today()).values("pk"))
    return {spell.member_id: spell for spell in spells.order_by("starts")}


def _left(spell, today):
    """What became of who is no longer where the user sees them last; nothing for who is there."""
    return [] if spell.ends > today else [f"{LEFT.get(spell.exit, ELSEWHERE)} {month_in_words(spell.ends)}"]
