"""Taking a whole act back from the page of a person: who may, what it will undo, what stands in the way."""

from collections import defaultdict

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from ledger import clock
from ledger.fields import LinesFormField
from ledger.models import Change
from ledger.numbers import day as in_words
from ledger.numbers import group
from ledger.undo import standing_in_the_way, undo
from ledger.web.forms import attempt
from ledger.web.paging import NotHere
from members.candidates import steps
from members.identity.homonyms import tell_apart, tell_from_twins
from members.merging import mergers
from members.models import (
    Admission,
    Amendment,
    BadgeAward,
    Discipline,
    Extension,
    Member,
    Membership,
    Merger,
    Officialization,
    Post,
    Status,
    TransferOffer,
)
from organizations.access import Keep, capacities_of, may_keep
from organizations.models import Organization
from organizations.reorganize import Verb

# Whose each act is, by the name it is recorded under. Who may do an act may take it back.
RIGHTS = {
    "Ghi vào danh sách đảng viên": Keep.ROLL,
    "Kết nạp đảng viên": Keep.ROLL,
    "Trở lại danh sách đảng viên": Keep.ROLL,
    "Công nhận đảng viên chính thức": Keep.ROLL,
    "Gia hạn dự bị": Keep.ROLL,
    "Không công nhận chính thức, xóa tên": Keep.ROLL,
    "Ra khỏi danh sách đảng viên": Keep.ROLL,
    "Chuyển sinh hoạt chính thức": Keep.TRANSFER,
    "Giới thiệu chuyển sinh hoạt": Keep.TRANSFER,
    "Tiếp nhận chuyển sinh hoạt": Keep.TRANSFER,
    "Không tiếp nhận chuyển sinh hoạt": Keep.TRANSFER,
    "Rút giới thiệu chuyển sinh hoạt": Keep.TRANSFER,
    "Kỷ luật đảng viên": Keep.DISCIPLINE,
    "Khai trừ khỏi Đảng": Keep.DISCIPLINE,
    "Giữ chức vụ đảng": Keep.STATE,
    "Thôi chức vụ đảng": Keep.STATE,
    "Sửa hồ sơ đảng viên": Keep.RECORD,
    mergers.MERGE: Keep.RECORD,
    steps.ADMIT: Keep.ROLL,
    "Trao Huy hiệu Đảng": Keep.BADGES,
} | {
    prefix + kind.label: Keep.TRANSFER if kind == Status.Kind.TEMPORARY else Keep.STATE
    for kind in Status.Kind
    for prefix in ("", "Thôi: ")
}
RIGHTS |= dict.fromkeys(Verb, Keep.TREE) | dict.fromkeys(steps.STEPS, Keep.CANDIDATES)
ABOUT_PEOPLE = (Admission, Officialization, Extension, Status, Post, Discipline, Amendment, Merger, BadgeAward)
ANSWERED_AT_TARGET = (TransferOffer.Answer.ACCEPTED, TransferOffer.Answer.REFUSED)


def may_be_taken_back(user, changes):
    """Ids of those of `changes` that can still be undone and that the user may undo."""
    return kept_by(user, [change for change in changes if change.undoable and change.undone_id is None])


def kept_by(user, changes):
    """Ids of those of `changes` that are the user's, undone since or not: at every place they concern."""
    known = {c.pk: c for c in changes if c.verb in RIGHTS}
    where = _places(set(known))
    organizations = Organization.objects.filter(pk__in=set().union(*where.values()))
    held = capacities_of(user, organizations, clock.today())
    return {
        pk for pk, c in known.items() if where[pk] and all(may_keep(RIGHTS[c.verb], held[place]) for place in where[pk])
    }


def _places(changes):
    """{id of an act: {ids of the organizations it concerns}}: both ends of a move, else the cell of each person."""
    found = defaultdict(set)
    moves = _touched(Membership, changes).values_list("added_id", "voided_id", "organization_id").distinct()
    for added, voided, place in moves:
        for change in {added, voided} & changes:
            found[change].add(place)
    offers = TransferOffer.objects.filter(added__in=changes)
    for change, source, target, answer in offers.values_list("added_id", "source_id", "target_id", "answer"):
        found[change].add(target if answer in ANSWERED_AT_TARGET else source)
    people = _people(changes - found.keys())
    cells = last_cells(set().union(*people.values()))
    for change, members in people.items():
        found[change] |= {cells[pk] for pk in members if pk in cells}
    return found


def _touched(model, changes):
    return model._base_manager.filter(Q(added__in=changes) | Q(voided__in=changes))


def _people(changes):
    """{id of an act: {ids of the people it wrote about}}"""
    found = defaultdict(set)
    parts = [
        model._base_manager.filter(**{f"{way}__in": changes}).order_by().values_list(way, "member")
        for model in (*ABOUT_PEOPLE, Membership, TransferOffer)
        for way in ("added", "voided")
    ]
    for change, member in parts[0].union(*parts[1:]) if changes else ():
        found[change].add(member)
    return found


def last_cells(members):
    """{member id: id of the cell of today, or the last one of who has left} of `members` (people or ids)."""
    rows = Membership.objects.current().filter(member__in=members).order_by("starts")
    return dict(rows.values_list("member_id", "organization_id"))


class ReasonForm(forms.Form):
    ly_do = LinesFormField(label="Hủy vì", max_length=500)


class TakingBack:
    """The page on which `user` takes the act `change` back, reached from the person of `seen`; 404, 403 as everywhere.

    The act must have written about the person. `sent`: what was typed, None on opening.
    """

    def __init__(self, user, seen, change, sent=None):
        self.user, self.seen, self.member, self.form = user, seen, seen.member, ReasonForm(sent)
        self.change = Change.objects.filter(pk=change).select_related("by", "document", "undone").first()
        self.people = _people({change})[change] if self.change else set()
        if not seen.whole or self.member.pk not in self.people or not self.change.undoable:
            raise NotHere("Không tìm thấy việc này trong lịch sử của đồng chí.", way=seen.way)
        tell_from_twins(self.member, user)
        if self.change.undone_id is None and not may_be_taken_back(user, [self.change]):
            raise PermissionDenied("Việc này do nơi đã ghi, hoặc Ban Tổ chức Đảng ủy Khối, hủy.")

    def take(self):
        """Whether what was sent was done; what was refused stands on the form."""
        return attempt(self.form, self._do)

    def _do(self):
        undo(self.change, by=self.user, on=clock.today(), reason=self.form.cleaned_data["ly_do"])

    def barred(self, most=8):
        """Sentences that say why it cannot be undone now, the first of many."""
        if self.change.undone_id:
            return [f"Việc này đã được hủy ngày {in_words(self.change.undone.on)}."]
        found = standing_in_the_way(self.change)
        return found[:most] + ([f"Và {group(len(found) - most)} việc nữa."] if len(found) > most else [])

    def others(self, most=20):
        """(names of the other people the act is about, how many more there are); none is named to whom the act is not."""
        if not kept_by(self.user, [self.change]):
            return [], len(self.people) - 1
        rows = Member.objects.filter(pk__in=self.people - {self.member.pk}).order_by("sort_key", "pk")
        names = [person.called for person in tell_apart(rows[:most], self.user)]
        return names, max(len(self.people) - 1 - len(names), 0)
