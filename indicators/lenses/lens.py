"""The second lens, "quy về tổ chức hiện nay": where a fact of the past counts along the organizations of a later day.

The first, "theo tổ chức lúc đó", counts a fact along the tree of its own day or cut-off (indicators/facts.py). The second
first follows it. A person's fact goes where reorganizations took the person, never where they moved of their own will;
when none took them and the place has ended, to its principal successor. An organization's fact goes to the one
successor of its place (of a cell and its committee, to the cell); with several, or none, it belongs to none of them,
only to the whole: the root it hung under, also when that has ended (design §3).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from ledger import clock
from members.models import Exit, Membership
from organizations.models import WHOLES, Kind, OrganizationSpell, OutsideTransfer, Succession

OF_NOBODY = 0  # stands for the person of a fact that followed none
A_DAY = timedelta(days=1)


class ReorganizationEvent(StrEnum):
    """What a reorganization does to those below an organization, in the words of the screen."""

    MERGED = "sáp nhập"
    PARTED = "chia tách"
    ENDED = "giải thể"
    SENT = "chuyển đi nơi khác"
    MOVED = "chuyển trực thuộc"


@dataclass(frozen=True, order=True)
class LensStep:
    """On `day` what stood at or below `organization` (an id) came to stand elsewhere."""

    day: date
    event: ReorganizationEvent
    organization: int


@dataclass(frozen=True)
class Way:
    """Where a fact stood from its own day to the day looked at.

    `paths`: ids from the root down to its place, on its own day and after each of `steps`; work counts for its
    conductor alone, so its paths are of one. `lost`: no one organization took it over; its last path is the whole.
    """

    paths: tuple
    steps: tuple = ()
    lost: bool = False

    @property
    def then(self):
        """Ids of the organizations where it counts in the first lens."""
        return self.paths[0]

    @property
    def now(self):
        """Ids of the organizations where it counts in the second lens."""
        return self.paths[-1]


class Lens:
    """Where facts count on `day`; pure over what `read` gives.

    `spells`: {organization: [(parent or None, kind, starts, ends), … in order of time]}, begun by `day`.
    `successions`: {organization: [(on, successor, whether the principal one), …]}.
    `taken`: {person: [(cell, day, next cell), …]}: the reorganizations that took them along, in order of time.
    `sent`: organizations that went out of the register.
    """

    def __init__(self, day, spells, successions, taken, sent=()):
        self.day, self.spells, self.successions, self.taken, self.sent = day, spells, successions, taken, set(sent)
        self.ended = {o: rows[-1][3] for o, rows in spells.items() if rows[-1][3] <= day}
        self.personal = frozenset(cell for rows in taken.values() for cell, _, _ in rows)
        self._moves = {
            (o, later[2])  # organization, day
            for o, rows in spells.items()
            for earlier, later in zip(rows, rows[1:], strict=False)
            if earlier[0] != later[0]
        }
        self._turns = sorted({day for _, day in self._moves})
        self._paths, self._ways, self._shifted = {}, {}, {}
        self.touched = frozenset(o for o in spells if o in self.personal or self._was_shifted(o))

    def stands(self, organization):
        return organization in self.spells and organization not in self.ended

    def is_whole(self, organization):
        """Whether grassroots organizations are its parts: a bloc, or the province above blocs."""
        return self.spells[organization][-1][1] in WHOLES

    def holds_members(self, organization):
        return Kind(self.spells[organization][-1][1]).holds_members

    def path(self, organization, day):
        """Ids from the root down to `organization` on `day`; () when it did not stand."""
        key = organization, day
        if key not in self._paths:
            spells = [s for s in self.spells[organization] if s[2] <= day < s[3]]
            above = self.path(spells[0][0], day) if spells and spells[0][0] else ()
            self._paths[key] = (*above, organization) if spells else ()
        return self._paths[key]

    def last_path(self, organization):
        """Its path on the day looked at, or on its own last one."""
        ended = self.ended.get(organization)
        return self.path(organization, ended - A_DAY if ended else self.day)

    def way(self, place, day, person=None, *, own=False):
        """The Way of a fact that stood at `place` on `day`. `own`: it counts for its place and for none above.

        `person`: id of the person it is about, OF_NOBODY when no reorganization took them, None for an organization's.
        """
        key = place, day, person, own
        if key not in self._ways:
            self._ways[key] = self._followed(*key)
        return self._ways[key]

    def _followed(self, place, day, person, own):
        eve = min(day, self.ended[place] - A_DAY) if place in self.ended else day  # work looked at after its conductor
        trail = _Trail(self._alone(place) if own else self.path(place, day))
        while leap := self._leap(place, eve, person):
            on, to, by_person = leap
            if not own:
                self._climb(trail, place, eve, on)
            step = LensStep(on, self._event(place, on), place)
            if to is None:
                return trail.lost(step, self._own_whole(trail.paths[0]) if own else self._whole(trail.paths[0]))
            trail.went(step, self._alone(to) if own else self.path(to, on))
            place, eve = to, on - A_DAY
            person = person if by_person or person is None else OF_NOBODY
        if not own:
            self._climb(trail, place, eve, self.day + A_DAY)
        return trail.way()

    def _climb(self, trail, place, eve, until):
        """Follows what changed above `place` on the days after `eve` and before `until`."""
        for turn in self._turns:
            if eve < turn < until and (path := self.path(place, turn)) not in ((), trail.paths[-1]):
                trail.went(self._turned(turn, trail.paths[-1], path), path)

    def _leap(self, place, eve, person):
        """(day, destination or None, whether with the person) of what next takes a fact from `place` after `eve`."""
        for cell, on, to in self.taken.get(person, ()):
            if cell == place and on > eve:
                return on, to, True
        if place not in self.ended:
            return None
        heirs = self._apart(place) if person is None else self._principal(place)
        return self.ended[place], heirs[0] if len(heirs) == 1 else None, False

    def _heirs(self, organization):
        """[(successor, whether the principal one)] of one that ended."""
        return [(o, first) for on, o, first in self.successions.get(organization, ()) if on == self.ended[organization]]

    def _principal(self, organization):
        return [o for o, first in self._heirs(organization) if first]

    def _apart(self, organization):
        """Its successors without those that stand above another: the committee of the cell that took it over is no second one."""
        heirs, on = [o for o, _ in self._heirs(organization)], self.ended[organization]
        above = {o for heir in heirs for o in self.path(heir, on)[:-1]}
        return [o for o in heirs if o not in above]

    def _event(self, organization, on):
        if self.ended.get(organization) != on:
            return ReorganizationEvent.PARTED
        heirs = len(self._apart(organization))
        if organization in self.sent:
            return ReorganizationEvent.SENT
        return (
            ReorganizationEvent.ENDED
            if not heirs
            else ReorganizationEvent.MERGED
            if heirs == 1
            else ReorganizationEvent.PARTED
        )

    def _turned(self, on, before, after):
        """The Step of the organization highest up that took the place below it along when it changed its parent."""
        same = next((n for n, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b), None)
        same = min(len(before), len(after)) if same is None else same
        moved, parent = before[-same], before[-same - 1] if same < len(before) else None
        return LensStep(
            on, self._event(parent, on) if self.ended.get(parent) == on else ReorganizationEvent.MOVED, moved
        )

    def _whole(self, path):
        """Path of the bloc that `path` leads through, else of what stood above it, as it now stands; of the root as it last did."""
        wholes = [self.path(node, self.day) for node in reversed(path) if self.is_whole(node)]
        return next(filter(None, wholes), None) or self.last_path(path[0])[:1]

    def _own_whole(self, path):
        """Where work that no one took over still counts: at a root, which is the whole itself; else nowhere."""
        return path if self.spells[path[0]][-1][0] is None else ()

    def _alone(self, organization):
        return (organization,)

    def _was_shifted(self, organization):
        """Whether it ended, or something moved that it is or once hung below."""
        if organization not in self._shifted:
            self._shifted[organization] = (
                organization in self.ended
                or any(o == organization for o, _ in self._moves)
                or any(self._was_shifted(s[0]) for s in self.spells[organization] if s[0])
            )
        return self._shifted[organization]

    @cached_property
    def _shifts(self):
        """{(day, path before, path after)} of each place that a reorganization shifted on its day."""
        leaps = {(on, cell, to) for rows in self.taken.values() for cell, on, to in rows}
        leaps |= {(on, o, heir) for o, on in self.ended.items() for heir, _ in self._heirs(o)}
        shifts = {(on, self.path(old, on - A_DAY), self.path(new, on)) for on, old, new in leaps}
        shifts |= {(on, self.path(o, on - A_DAY), self.path(o, on)) for o, on in self._moves}
        gone = {(on, self.path(o, on - A_DAY)) for o, on in self.ended.items() if len(self._apart(o)) != 1}
        return shifts | {(on, before, self._whole(before)) for on, before in gone}

    def years_of_change(self, organization):
        """Years in which a reorganization brought something to `organization`, took something from it or moved it."""
        return {on.year for on, before, after in self._shifts if organization in (*before, *after)}

    def differs(self, organization):
        """Whether the two lenses may differ at `organization`, or, at a whole, at those below it."""
        mine = [(before, after) for _, before, after in self._shifts if organization in (*before, *after)]
        return any(
            self.is_whole(organization) or organization not in before or organization not in after
            for before, after in mine
        )


class _Trail:
    """A Way in the making."""

    def __init__(self, path):
        self.paths, self.steps = [path], []

    def went(self, step, path):
        if path:  # empty: it ended on the day it took over, and one step leads on
            self.paths.append(path)
            self.steps.append(step)

    def lost(self, step, whole):
        return Way((*self.paths, whole), (*self.steps, step), lost=True)

    def way(self):
        return Way(tuple(self.paths), tuple(self.steps))


def read(day=None):
    """The Lens of `day`, today unless told otherwise, in four queries."""
    day = day or clock.today()
    spells, successions, taken = defaultdict(list), defaultdict(list), defaultdict(list)
    rows = OrganizationSpell.objects.standing().filter(starts__lte=day).order_by("organization_id", "starts")
    for organization, *row in rows.values_list("organization_id", "parent_id", "kind", "starts", "ends"):
        spells[organization].append(tuple(row))
    for old, *row in (
        Succession.objects.standing()
        .filter(on__lte=day)
        .order_by("pk")
        .values_list("predecessor_id", "on", "successor_id", "principal")
    ):
        successions[old].append(tuple(row))
    moved = Membership.objects.standing().filter(exit=Exit.REORGANIZED, ends__lte=day).values("member")
    rows = Membership.objects.standing().filter(member__in=moved).order_by("member_id", "starts")
    stays = list(rows.values_list("member_id", "organization_id", "ends", "exit"))
    for (person, cell, ends, why), (after, to, *_) in zip(stays, stays[1:], strict=False):
        if person == after and why == Exit.REORGANIZED and ends <= day:
            taken[person].append((cell, ends, to))
    sent = OutsideTransfer.objects.standing().filter(came=False, on__lte=day)
    return Lens(day, dict(spells), dict(successions), dict(taken), sent.values_list("organization_id", flat=True))
