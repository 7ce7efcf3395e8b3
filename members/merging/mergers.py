"""The verb that makes two records of one person one (design §3): what stood on the dropped one stands on the kept one.

What each row comes to is decided by one pure rule, which the preview shows and the verb carries out. Nothing is
erased: rows are voided and inserted anew, the dropped record is voided with them, and the act can be undone whole.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Q, UniqueConstraint, Value

from ledger.acts import Refused, act, supersede, void
from ledger.hooks import Hook
from ledger.models import Change, Document, Recorded, Spell, User
from ledger.numbers import day_in_words
from ledger.spells import NoOverlap
from ledger.web.seals import seal_of
from members.life.posts import first_outside
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
)
from members.records import amendments
from members.register import places as register
from members.register.bound_to_roll import MODELS as OF_THE_ROLL
from members.register.bound_to_roll import can_be
from members.register.ways_back import GONE, half_moves, without_way_back
from members.verbs import MemberVerb

from .fit import OTHER_WAY, misfit

# What the kept record takes from the dropped one where it says nothing itself.
FILLED = ("birth_name", "religion", "card_number", "qualification", "theory", "occupation")
# Told inside the act, before the register's followers: (kept, dropped, change). Higher floors add theirs.
FOLLOWERS: Hook[Callable[[Member, Member, Change], object]] = Hook(
    "members.merging.mergers.FOLLOWERS", "kept, dropped, change"
)
# Asked by the preview: (kept, dropped) → [(what a row of a higher floor says, Fate)].
TELLERS: Hook[Callable[[Member, Member], list[tuple[str, Any]]]] = Hook(
    "members.merging.mergers.TELLERS", "kept, dropped"
)


Row = TypeVar("Row", bound=Recorded)


class Fate(StrEnum):
    MOVED = "chuyển sang hồ sơ giữ lại"
    CUT = "chuyển sang hồ sơ giữ lại, kết thúc khi không còn sinh hoạt trong tổ chức ấy"
    OVERLAPS = "hủy, vì trùng thời gian với hồ sơ giữ lại"
    REPEATS = "hủy, vì hồ sơ kia đã ghi"
    OUTSIDE = "hủy, vì ngoài thời gian có tên trong danh sách"
    ELSEWHERE = "hủy, vì khi đó không sinh hoạt trong tổ chức ấy"


MOVING = (Fate.MOVED, Fate.CUT)
Fates = list[tuple[Any, Fate]]  # (a row, what it comes to)
GIVING_WAY = (Fate.OVERLAPS, Fate.REPEATS, Fate.OUTSIDE, Fate.ELSEWHERE)


@dataclass(frozen=True)
class MergerPlan:
    """`fates`: [(row, Fate)] of every row that does not stay as it is; `values`: {column: what the kept record takes}."""

    fates: "Fates"
    values: dict[str, Any]

    @property
    def seal(self) -> str:
        """Changes with anything the plan would do: who confirms has seen this plan and no other."""
        told = [f"{type(row).__name__}{row.pk}{fate}" for row, fate in self.fates]
        return seal_of([*told, *map(str, self.values.items())])

    def rows(self, model: type[Row], *fates: Fate) -> list[Row]:
        return [row for row, fate in self.fates if type(row) is model and fate in fates]


def models() -> list[type[Recorded]]:
    """Recorded models of this app that belong to one member; the membership first, the others are held against it."""
    own = apps.get_app_config("members").get_models()
    others = [m for m in own if issubclass(m, Recorded) and _of_member(m) and m not in (Membership, Amendment, Merger)]
    return [Membership, *others]


def _of_member(model: type[Recorded]) -> bool:
    return any(f.name == "member" and f.related_model is Member for f in model._meta.concrete_fields)


def plan(kept: Member, dropped: Member) -> MergerPlan:
    """The Plan of merging `dropped` into `kept`, both as stored. One query a model, and one for the lines of posts."""
    # Of each model, the rows of both.
    rows: dict[type[Recorded], tuple[list[Any], list[Any]]] = {
        model: (_standing(model, kept), _standing(model, dropped)) for model in models()
    }
    fates: Fates = [(row, _of_spell(row, rows[Membership][0])) for row in rows[Membership][1]]
    kept_spells = [*rows[Membership][0], *(row for row, fate in fates if fate == Fate.MOVED)]
    fates += _of_admissions(*rows[Admission], fates)
    moved = [row for row, fate in fates if isinstance(row, Admission) and fate == Fate.MOVED]
    for row, fate in _of_officials(*rows[Officialization], rows[Admission], moved):
        fates.append((row, fate if fate == Fate.REPEATS or can_be(row, kept_spells) else Fate.OUTSIDE))
    kept_spells.sort(key=lambda spell: spell.starts)
    leaves = first_outside(rows[Post][1], {dropped.pk: kept_spells})
    for model in models():
        if model not in (Membership, Admission, Officialization):
            fates += [(row, _of_other(row, rows[model][0], kept_spells, leaves)) for row in rows[model][1]]
    values = {name: getattr(dropped, name) for name in FILLED if not getattr(kept, name) and getattr(dropped, name)}
    return MergerPlan(fates, values)


def _standing(model: type[Row], member: Member) -> list[Row]:
    return list(model._base_manager.filter(member=member, voided__isnull=True).order_by("pk"))


def _of_spell(row: Spell, others: Iterable[Spell]) -> Fate:
    return Fate.OVERLAPS if any(_clash(row, other) for other in others) else Fate.MOVED


def _only_once(row: Recorded, other: Recorded) -> bool:
    """Whether a UniqueConstraint of their model would refuse both for one member."""
    for rule in row._meta.constraints:
        if isinstance(rule, UniqueConstraint) and "member" in rule.fields:
            beside = [row._meta.get_field(name).attname for name in rule.fields if name != "member"]
            same = all(getattr(row, name) == getattr(other, name) is not None for name in beside)
            if same and all(_meets(rule.condition, one) for one in (row, other)):
                return True
    return False


def _meets(condition: Q | None, row: Recorded) -> bool:
    values = {f.name: Value(getattr(row, f.attname), f) for f in row._meta.concrete_fields}
    return condition is None or condition.check(values)


def _clash(row: Recorded, other: Recorded) -> bool:
    """Whether a NoOverlap of their model would refuse both for one member."""
    for rule in row._meta.constraints:
        if isinstance(rule, NoOverlap) and "member" in rule.of:
            beside = [row._meta.get_field(name).attname for name in rule.of if name != "member"]
            same = all(getattr(row, name) == getattr(other, name) for name in beside)
            if same and row.starts < other.ends and other.starts < row.ends:
                return True
    return False


def _of_other(row: Recorded, kept: Sequence[Recorded], held: Sequence[Membership], leaves: Mapping[Post, date]) -> Fate:
    """`held`: the spells the kept record will have; `leaves`: {Post: when they take its holder out of its line}."""
    if any(_says_the_same(row, other) or _only_once(row, other) for other in kept):
        return Fate.REPEATS
    if isinstance(row, Post):
        return _of_post(row, kept, held, leaves[row])
    if isinstance(row, Spell):
        return _of_spell(row, kept) if _within(row, held) else Fate.OUTSIDE
    return Fate.OUTSIDE if isinstance(row, OF_THE_ROLL) and not can_be(row, held) else Fate.MOVED


def _of_post(row: Post, kept: Sequence[Post], held: Sequence[Membership], left: date) -> Fate:
    if left == row.starts:
        return Fate.ELSEWHERE if _on_roll(row.starts, held) else Fate.OUTSIDE
    fate = _of_spell(row, kept)
    return Fate.CUT if fate == Fate.MOVED and left < row.ends else fate


def _on_roll(day: date, held: Iterable[Membership]) -> bool:
    return any(spell.starts <= day < spell.ends for spell in held)


def _says_the_same(row: Recorded, other: Recorded) -> bool:
    names = [f.attname for f in row._meta.concrete_fields if f.name not in ("id", "member", "added", "voided")]
    return all(getattr(row, name) == getattr(other, name) for name in names)


def _within(row: Spell, held: Iterable[Membership]) -> bool:
    """Whether the spell lies in the time on the roll."""
    reached = row.starts
    for spell in held:
        if spell.starts <= reached < spell.ends:
            reached = spell.ends
    return reached >= row.ends


def _of_admissions(
    kept: Sequence[Admission], dropped: Sequence[Admission], places: Iterable[tuple[Recorded, Fate]]
) -> Fates:
    """One admission a coming into the Party: known on both, the one that names its cell stays."""
    opened = {row.starts for row, fate in places if fate == Fate.MOVED}
    fates = []
    for row in dropped:
        twin = next((k for k in kept if k.kind == row.kind and row.ceremony == k.ceremony), None)
        if twin and row.organization_id and not twin.organization_id:
            fates += [(twin, Fate.REPEATS), (row, Fate.MOVED)]
        elif twin or (kept and row.ceremony not in opened):
            fates.append((row, Fate.REPEATS))
        else:
            fates.append((row, Fate.MOVED))
    return fates


def _of_officials(
    kept: Sequence[Officialization],
    dropped: Sequence[Officialization],
    admissions: Sequence[Sequence[Admission]],
    moved: Sequence[Admission],
) -> Fates:
    """Recognised once after each coming into the Party; what goes with an admission that gives way gives way with it."""
    standing = {row.ceremony for row in [*admissions[0], *moved]}
    known = {_ceremony_before(row, standing) for row in kept}
    own, gone_along = {row.ceremony for row in admissions[1]}, {row.ceremony for row in moved}
    fates = []
    for row in dropped:
        alone = not kept and (not standing or min(standing) <= row.on)
        follows = _ceremony_before(row, own) in gone_along and _ceremony_before(row, standing) not in known
        fates.append((row, Fate.MOVED if alone or follows else Fate.REPEATS))
    return fates


def _ceremony_before(row: Officialization, ceremonies: Iterable[date]) -> date:
    return max((day for day in ceremonies if day <= row.on), default=date.min)


def merge(
    kept: Member,
    dropped: Member,
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Member:
    """Makes `dropped` part of `kept`. `seen`: the seal of the Plan that was confirmed. Returns the kept Member.

    Refused when the two cannot be one, or when the plan is no longer the one that was confirmed.
    """
    if not reason:
        raise Refused("Gộp hai hồ sơ cần nêu lý do, ví dụ: một người được ghi hai lần.")
    with act(
        MemberVerb.MERGE_RECORDS, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        register.lock([kept, dropped])
        kept, dropped = _both(kept, dropped)
        wanted = plan(kept, dropped)
        if seen not in (None, wanted.seal):
            raise Refused("Một trong hai hồ sơ vừa thay đổi. Hãy xem lại bảng dưới đây rồi gộp.")
        if why := objection(kept, wanted):
            raise Refused(why)
        for model in models():
            gone = wanted.rows(model, *GIVING_WAY)
            void(model._base_manager.filter(pk__in=[row.pk for row in gone]), change)
            supersede([(row, {"member": kept}) for row in wanted.rows(model, *MOVING)], change)
        void(Member.objects.filter(pk=dropped.pk), change)
        amendments.put([(kept, wanted.values)], change)
        Merger.objects.create(member=kept, dropped=dropped, added=change)
        for follow in FOLLOWERS:
            follow(kept, dropped, change)
        register.tell([kept, dropped], change)
        return kept


def _both(kept: Member, dropped: Member) -> tuple[Member, Member]:
    if kept.pk == dropped.pk:
        raise Refused("Hãy chọn hai hồ sơ khác nhau.")
    stored = Member.objects.select_related("ethnic_group", "religion").in_bulk([kept.pk, dropped.pk])
    for member in stored.values():
        if member.voided_id:
            raise Refused(f"Hồ sơ số {member.pk} của {member} đã được gộp hoặc hủy trước đó.")
    return stored[kept.pk], stored[dropped.pk]


def objection(kept: Member, wanted: MergerPlan) -> str:
    """Why the two cannot be merged this way round; "" when they can."""
    admissions, moved = _together(Admission, kept, wanted), wanted.rows(Membership, Fate.MOVED)
    first = min((row.ceremony for row in admissions), default=None)
    if moved and first and (joined := min(row.starts for row in moved)) < first:
        return (
            f"Hồ sơ giữ lại ghi kết nạp ngày {day_in_words(first)}, hồ sơ kia đã có tên trong danh sách từ "
            f"{day_in_words(joined)}. Hãy giữ hồ sơ kia, hoặc sửa ngày kết nạp trước."
        )
    spells = sorted(_together(Membership, kept, wanted), key=lambda spell: spell.starts)
    for gone, back in without_way_back(spells):
        if gone.member_id != back.member_id:
            return (
                f"Một hồ sơ ghi đồng chí {GONE[gone.exit]} ngày {day_in_words(gone.ends)}, hồ sơ kia ghi "
                f"“{back.get_entry_display()}” ngày {day_in_words(back.starts)}: không trở lại danh sách như vậy được. "
                "Hãy sửa dòng ghi nhầm trước, hoặc để riêng hai hồ sơ."
            )
    if half_moves(spells):
        return (
            "Một hồ sơ ghi đồng chí chuyển từ chi bộ này sang chi bộ khác; gộp theo chiều này thì lần chuyển ấy mất một "
            f"bên, vì trùng thời gian với hồ sơ giữ lại. {OTHER_WAY}"
        )
    others = {
        name: _together(model, kept, wanted)
        for name, model in (
            ("officials", Officialization),
            ("awards", BadgeAward),
            ("disciplines", Discipline),
            ("extensions", Extension),
        )
    }
    return misfit(member=kept, admissions=admissions, spells=spells, **others)


def _together(model: type[Row], kept: Member, wanted: MergerPlan) -> list[Row]:
    """The rows of `model` that the kept record will have."""
    gone = {row.pk for row in wanted.rows(model, *GIVING_WAY)}
    return [row for row in _standing(model, kept) if row.pk not in gone] + wanted.rows(model, *MOVING)
