"""The page of one inspection: whom it looks at, what was found, what followed, its history, what may be done."""

from collections import defaultdict
from dataclasses import dataclass

from inspections import history
from inspections.discipline.consequences import from_subjects
from inspections.models import Conclusion
from inspections.shared_actions import UNDO, Undo
from inspections.visibility import inspection_for
from ledger.web.page_acts import PageActs
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations import access, lineage
from organizations.access import Keep
from organizations.models import Succession

from .actions import InspectionActions


@dataclass(frozen=True)
class Looked:
    """A subject as the page shows it. `ended`: the spell of an organization that ended before it was looked at; `year`:
    the last of the inspection's time in which it stood, and its page opens.
    """

    subject: object
    name: str
    conclusion: object
    followed: list
    ended: object
    successor: str
    year: int


class InspectionPage:
    """`asked`: the query string; `sent`: what was sent, or carried through the sign-in page, or None."""

    def __init__(self, user, pk, asked, sent):
        self.sight = sight = inspection_for(user, pk)
        rows = Conclusion.objects.standing().filter(inspection=sight.inspection)
        self.conclusions = {row.key: row for row in rows.select_related("added__document")}
        self.told = history.of_inspection(sight)
        self.work = InspectionActions(sight, self.conclusions.keys(), sent if sent is not None else asked)
        self.undo = Undo(user, sight.right_on, self.told if self.keeps else (), sent if sent is not None else asked)
        self.errands = PageActs([*self.work.offered(), *self.undo.errand()], sent, asked)

    @property
    def keeps(self):
        return self.sight.keeps or self.sight.disciplines

    def take(self):
        """Does the act that was sent; what it tells, or "" when it was refused. 403 for who may do none here."""
        if not self.keeps:
            access.require_keep(self.sight.user, Keep.INSPECTIONS, self.sight.inspection.conductor, self.sight.right_on)
        return self.errands.take()

    def context(self):
        sight = self.sight
        after = from_subjects({s.key for s in sight.subjects})
        people = tell_apart((f.member for f in after if f.member), sight.user)
        return sight.frame.context() | {
            "inspection": sight.inspection,
            "sight": sight,
            "conductor": sight.names[sight.inspection.conductor_id],
            "looked": self._looked(after),
            "opens": open_members(sight.user, [person.pk for person in people]),
            "told": self.told,
            "keeps": self.keeps,
            "errands": self.errands,
            "undo": self.undo.found,
            "undo_errand": UNDO,
        }

    def _looked(self, after):
        sight, looked_at = self.sight, []
        successors = self._successors()
        for subject in sight.subjects:
            looked_at.append(
                Looked(
                    subject,
                    sight.names[subject.organization_id],
                    self.conclusions.get(subject.key),
                    [f for f in after if f.link.key == subject.key and f.row],
                    sight.ended.get(subject.pk),
                    "; ".join(successors[subject.organization_id]) if subject.pk in sight.ended else "",
                    sight.last_stood(subject.organization).year,
                )
            )
        return looked_at

    def _successors(self):
        """{id of an organization that ended: the names of those that took it over, the principal one first}"""
        ended = [spell.organization_id for spell in self.sight.ended.values()]
        rows = Succession.objects.standing().filter(predecessor__in=ended).order_by("-principal", "pk")
        names, successor_names = lineage.names(rows.values("successor"), self.sight.day), defaultdict(list)
        for row in rows:
            successor_names[row.predecessor_id].append(names[row.successor_id].name)
        return successor_names
