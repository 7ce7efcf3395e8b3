"""What happens to offices, much of it for a day ahead, while their organizations come and go."""

from datetime import timedelta

from ledger.acts import Refused
from ledger.models import Change, User
from ledger.spells import FOREVER
from ledger.undo import undo
from organizations import lineage
from organizations.accounts.handing_over import Deputy, OfficeHandover, deputize, hand_over
from organizations.accounts.making import Name, unmade
from organizations.accounts.opening import NewAccount, open_accounts
from organizations.accounts.roster import seats
from organizations.appoint import dismiss
from organizations.models import Appointment, OrganizationSpell
from tests.world import START

from .ground import HistoryGround

OFFICES_AND_TREE = (
    "open_accounts open_accounts hand_over hand_over hand_over hand_over deputize deputize deputize dismiss dismiss "
    "found move merge absorb merge_anew split_cell split_committee dissolve turn_into_committee turn_into_cell "
    "take_back_lately take_back_lately"
).split()


class Offices(HistoryGround):
    def _ahead(self):
        return self.day + timedelta(days=self.pick([0, 0, 10, 100, 400]))

    def _held(self):
        return self.one(Appointment.objects.standing().filter(ends__gt=self.day).select_related("user", "organization"))

    def _somebody(self):
        """Mostly somebody new; now and then one who has an office."""
        if self.draw.random() < 0.7:
            return unmade([Name(f"moi.{self.number()}", f"Người {self.n}")])[0][0]
        return self.one(User.objects.filter(is_active=True))

    def open_accounts(self):
        vacant = [seat.account for seat in seats(self.day) if seat.may_be_opened]
        some = self.draw.sample(vacant, min(len(vacant), 3))
        rows = [
            NewAccount(
                username=row.username,
                display_name=row.display_name,
                role=row.role,
                code=row.code,
                starts=self._ahead(),
            )
            for row in some
        ]
        open_accounts(rows, **self.act())

    def hand_over(self):
        row = OfficeHandover(appointment=self._held(), to=self._somebody(), starts=self._ahead())
        hand_over([row], **self.act())

    def deputize(self):
        starts = self._ahead()
        ends = starts + timedelta(days=self.pick([1, 30, 300]))
        deputize([Deputy(appointment=self._held(), to=self._somebody(), starts=starts, ends=ends)], **self.act())

    def take_back_lately(self):
        acts = Change.objects.filter(undoable=True, undone__isnull=True, on__gt=START).order_by("-pk")[:6]
        if not acts:
            raise Refused("Chưa có việc nào như vậy.")
        undo(self.pick(list(acts)), reason="ghi nhầm", **self.act())

    def dismiss(self):
        dismiss([self._held()], ends=self._ahead(), **self.act())


def check_offices(day):
    """Each office lies in the life of its organization; on any day somebody holds one, it is that of one account once."""
    life = {}
    for spell in OrganizationSpell.objects.standing().order_by("starts"):
        first, _ = life.get(spell.organization_id, (spell.starts, None))
        life[spell.organization_id] = (first, spell.ends)
    times = {}
    for row in Appointment.objects.standing().order_by("starts", "pk"):
        starts, ends = life[row.organization_id]
        assert starts <= row.starts < row.ends, row
        assert ends == FOREVER or row.ends <= ends, row
        before = times.get((row.user_id, row.organization_id))
        assert before is None or before <= row.starts, row
        times[row.user_id, row.organization_id] = row.ends
        assert row.stands_in_for_id is None or row.ends < FOREVER, row
    stood = set(lineage.places(day).values_list("organization", flat=True))
    assert {row.organization_id for row in Appointment.objects.on(day)} <= stood
