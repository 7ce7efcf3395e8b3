"""Verbs that change who exists and under whom: found, rename, move (domain §3.2).

Each takes many, judges the tree that would come of it, writes in bulk and rebuilds the lineage in the same
transaction. What must move people as well is members/reorganizing/carry_out.py. A reorganization waits until no other verb is
writing: who is admitted into a cell, or founded under a committee, must not meet its end halfway.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from ledger.acts import Refused, act, close
from ledger.hooks import Hook
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER

from . import lineage
from .appoint import end_with
from .forest import STRANDED, Forest, Place, absent, code_faults, parent_fault, parent_faults
from .models import Organization, OrganizationSpell, Origin, OutsideTransfer, Succession
from .verbs import TreeVerb

NOTHING = "Chưa có thay đổi nào được chọn."

# Asked before an organization ends: each gives sentences that forbid it. Higher floors add theirs.
GUARDS: Hook[Callable[[list[Organization], date], Iterable[str]]] = Hook(
    "organizations.reorganize.GUARDS", "organizations, on"
)
# Told when the tree has changed, inside the act that changed it. Higher floors add theirs.
FOLLOWERS: Hook[Callable[[Change], object]] = Hook("organizations.reorganize.FOLLOWERS", "change")


class Founding(Place):
    """An organization to be founded, as it will stand."""


class Reshaping:
    """What founding, changing and ending organizations on `on` makes of the forest: locked, read and judged at once.

    `founded`: Foundings; `changed`: {code: {"name", "kind", "parent" (code), "position": new value}}; `ended`: codes;
    `needed`: codes of others that must stand and have no later change. `problems`: sentences; with any, do not write.
    """

    def __init__(
        self,
        on: date,
        *,
        founded: Iterable[Founding] = (),
        changed: Mapping[str, Mapping[str, Any]] | None = None,
        ended: Iterable[str] = (),
        needed: Iterable[str] = (),
    ) -> None:
        self.on, self.founded, self.changed, self.ended = on, list(founded), dict(changed or {}), list(ended)
        self._new = {row.code for row in self.founded}
        parents = {row.parent for row in self.founded} | {c.get("parent") for c in self.changed.values()}
        named = {*self.changed, *self.ended, *needed} - self._new
        codes = named | parents - self._new - {None}
        rows = Organization.objects.standing().filter(code__in=codes | self._new)
        self._existing = {o.code: o for o in rows}
        self.organizations = {code: o for code, o in self._existing.items() if code not in self._new}
        self._spells, faults = _standing(self.organizations.values(), on)
        self.before = Forest.on(on)
        self.after = self.before.after(founded=self.founded, changed=self.changed, ended=self.ended)
        unknown = sorted(named - self.organizations.keys())
        self.problems = [absent(code, on) for code in unknown] + faults + list(self._faults())

    def name(self, code: str) -> str:
        place = self.before.get(code) or self.after.get(code)
        return place.name if place else f"Tổ chức {code}"

    @property
    def taken(self) -> list[str]:
        """Codes to be founded that another organization bears, or bore."""
        return sorted(self._new & self._existing.keys())

    @property
    def differs(self) -> bool:
        return self.after != self.before

    def _faults(self) -> Iterator[str]:
        for row in self.founded:
            yield from code_faults(row.code)
            if not self.after[row.code].name:
                yield f"Tổ chức {row.code} chưa có tên."
        for code, n in Counter(row.code for row in self.founded).items():
            if n > 1:
                yield f"Mã {code} được ghi cho {n} tổ chức. Hãy cho mỗi tổ chức một mã."
        for code in self.changed:
            if code in self.ended:
                yield f"{self.name(code)} vừa thay đổi vừa kết thúc trong một lần. Hãy chọn một."
            elif code in self.after and not self.after[code].name:
                yield "Tên mới còn để trống."
        yield from self._parent_faults()
        yield from self._later_children()
        yield from self._later_takeovers()
        yield from self._born_that_day()

    def _parent_faults(self) -> Iterator[str]:
        gone = {code for code in self.organizations if code not in self.before}  # already said of themselves
        sound = Forest.of(place for place in self.after.values() if place.parent not in gone)
        yield from parent_faults(
            sound,
            touched={*self._new, *self.changed},
            ended=set(self.ended),
            moved=self._new | {code for code, differences in self.changed.items() if "parent" in differences},
        )

    def _later_children(self) -> Iterator[str]:
        """About those that an act already recorded founds or moves under what ends, or changes kind, after the day."""
        parents = [o for code, o in self.organizations.items() if code in self.ended or code in self.changed]
        rows = OrganizationSpell.objects.standing().filter(parent__in=parents, starts__gt=self.on)
        sentences: set[str | None] = set()
        for row in rows.select_related("parent"):
            if row.parent.code in self.ended:
                sentences.add(STRANDED.format(row.name))
            elif row.parent.code in self.after:
                sentences.add(parent_fault(row.name, row.kind, self.after[row.parent.code].kind))
        yield from sorted(sentence for sentence in sentences if sentence)

    def _later_takeovers(self) -> Iterator[str]:
        """About those that an act already recorded lets be taken over by what ends, or split off it, on the day or after."""
        ending = [o for code, o in self.organizations.items() if code in self.ended]
        rows = Succession.objects.standing().filter(successor__in=ending, on__gte=self.on)
        for row in rows.select_related("successor", "predecessor").order_by("pk"):
            yield (
                f"{self.name(row.successor.code)} đã tiếp nhận {row.predecessor.code} ngày {day_in_words(row.on)}; "
                "ngày kết thúc phải sau đó."
            )
        rows = Origin.objects.standing().filter(source__in=ending, on__gte=self.on)
        for row in rows.select_related("source", "organization").order_by("pk"):
            yield (
                f"{row.organization.code} đã tách ra từ {self.name(row.source.code)} ngày {day_in_words(row.on)}; "
                "ngày kết thúc phải sau đó."
            )

    def _born_that_day(self) -> Iterator[str]:
        """About those that would end on the day they were founded, and so never have been."""
        ending = [self._spells.get(self.organizations[c].pk) for c in self.ended if c in self.organizations]
        fresh = {s.organization_id: s.name for s in ending if s and s.starts == self.on}
        older = OrganizationSpell.objects.standing().filter(organization__in=fresh, starts__lt=self.on)
        known = set(older.values_list("organization_id", flat=True)) if fresh else set()
        for pk in sorted(fresh.keys() - known):
            yield f"{fresh[pk]} thành lập ngày {day_in_words(self.on)}; ngày kết thúc phải sau ngày đó."

    def write(self, change: Change) -> dict[str, Organization]:
        """Founds, changes and ends, and redraws the lines, inside the act `change`. {code: Organization} of all that the act named."""
        made = Organization.objects.bulk_create([Organization(code=row.code, added=change) for row in self.founded])
        self.organizations |= {o.code: o for o in Organization.objects.filter(added=change)} if made else {}
        differing = [c for c in self.changed if self.after[c] != self.before[c]]
        close([self._spells[self.organizations[c].pk] for c in {*differing, *self.ended}], change, self.on)
        ids = dict(Organization.objects.standing().values_list("code", "pk"))
        OrganizationSpell.objects.bulk_create(
            OrganizationSpell(
                organization_id=ids[place.code],
                name=place.name,
                kind=place.kind,
                parent_id=place.parent and ids[place.parent],
                position=place.position,
                starts=self.on,
                added=change,
            )
            for place in (self.after[code] for code in [*(row.code for row in self.founded), *differing])
        )
        lineage.rebuild(change)  # whoever moves next is judged by the lines of the new tree
        return self.organizations

    def settle(
        self,
        change: Change,
        *,
        successors: Mapping[str, Iterable[str]] | None = None,
        origins: Mapping[str, str] | None = None,
        received: Mapping[str, str] | None = None,
        sent: Mapping[str, str] | None = None,
        formerly: Mapping[str, str] | None = None,
    ) -> None:
        """Last, when the people have moved: guards, who takes over, the followers.

        `successors`: {ended code: (principal code, *others)}; `origins`: {founded code: code it was split from};
        `received`, `sent`: {founded, or ended, code: from where, or to where, in words}; `formerly`: {received code: the code
        under which it was sent away}.
        """
        org = self.organizations
        ended = [org[code] for code in self.ended]
        _guard(ended, self.on)
        end_with(ended, change, self.on)
        Succession.objects.bulk_create(
            Succession(predecessor=org[old], successor=org[new], on=self.on, principal=n == 0, added=change)
            for old, heirs in (successors or {}).items()
            for n, new in enumerate(heirs)
        )
        Origin.objects.bulk_create(
            Origin(organization=org[new], source=org[old], on=self.on, added=change)
            for new, old in (origins or {}).items()
        )
        before = _sent_before(formerly or {}, self.on)
        OutsideTransfer.objects.bulk_create(
            OutsideTransfer(
                organization=org[code],
                came=came,
                elsewhere=words,
                on=self.on,
                formerly=before.get(code) if came else None,
                added=change,
            )
            for came, told in ((True, received), (False, sent))
            for code, words in (told or {}).items()
        )
        _tell(change)


def _sent_before(formerly: Mapping[str, str], on: date) -> dict[str, Organization]:
    """{code: the Organization that it was}. Refused for a code under which nothing had been sent away by `on`."""
    gone = OutsideTransfer.objects.standing().filter(came=False, on__lte=on)
    gone = gone.filter(organization__code__in=formerly.values()).select_related("organization")
    known = {row.organization.code: row.organization for row in gone}
    for old in formerly.values():
        if old not in known:
            raise Refused(f"Chưa ghi việc chuyển tổ chức {old} đi nơi khác trước ngày {day_in_words(on)}.")
    return {code: known[old] for code, old in formerly.items()}


def _tell(change: Change) -> None:
    for follow in FOLLOWERS:
        follow(change)


def settle_undone(undone: Change, undoing: Change) -> None:
    """Follower of ledger/undo.py: an act about the tree was taken back."""
    if OrganizationSpell.objects.filter(Q(added=undone) | Q(voided=undone)).exists():
        lineage.rebuild(undoing)
        _tell(undoing)


def reshape(change: Change, on: date, **what: Any) -> dict[str, Organization]:
    """Judges and writes a Reshaping that moves nobody, inside the act `change`. {code: Organization} of all that it names."""
    reshaping = Reshaping(on, **what)
    if reshaping.problems:
        raise Refused(reshaping.problems)
    if not reshaping.differs:
        raise Refused(NOTHING)
    organizations = reshaping.write(change)
    reshaping.settle(change)
    return organizations


def found(
    rows: Iterable[Founding], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> dict[str, Organization]:
    """Founds organizations, parents before children or together with them. Returns {code: Organization}."""
    rows = list(rows)
    with act(TreeVerb.FOUND, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        organizations = reshape(change, on, founded=rows)
        return {row.code: organizations[row.code] for row in rows}


def rename(
    names: Mapping[Organization, str], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`names`: {Organization: new name}."""
    with act(TreeVerb.RENAME, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        reshape(change, on, changed={o.code: {"name": name} for o, name in names.items()})


def move(
    parents: Mapping[Organization, Organization],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`parents`: {Organization: its new parent Organization}. All below goes along without a word in its history."""
    with act(TreeVerb.MOVE, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        _check_moving(parents, on)
        reshape(change, on, changed={o.code: {"parent": above.code} for o, above in parents.items()})


def _check_moving(parents: Mapping[Organization, Organization], on: date) -> None:
    forest = Forest.on(on)
    for organization, above in parents.items():
        place = forest.get(organization.code)
        if place and place.parent == above.code:
            raise Refused(f"{place.name} đang trực thuộc {forest[above.code].name}.")


def _standing(organizations: Iterable[Organization], on: date) -> tuple[dict[int, OrganizationSpell], list[str]]:
    """Locks the organizations in order of id. ({id: last spell}, which must hold on `on`; sentences where it does not)."""
    ids = sorted(organization.pk for organization in organizations)
    list(Organization.objects.locked().filter(pk__in=ids).order_by("pk"))
    spells = {s.organization_id: s for s in lineage.places(on).filter(organization__in=ids)}
    faults = []
    for organization in organizations:
        spell = spells.get(organization.pk)
        if spell is None:
            faults.append(absent(organization.code, on))
        elif spell.ends != FOREVER:
            faults.append(
                f"{spell.name} đã có thay đổi sau ngày {day_in_words(on)}; hãy ghi các thay đổi theo thứ tự thời gian."
            )
    return spells, faults


def _guard(organizations: list[Organization], on: date) -> None:
    sentences = sorted({sentence for guard in GUARDS for sentence in guard(organizations, on)})
    if sentences:
        raise Refused(sentences)
