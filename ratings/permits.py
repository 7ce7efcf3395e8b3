"""What a user may do now with a sheet or an organization's rating, and where they may not, why (domain §2.5).

Rights come from organizations/access.py; here they meet the state. Screens and doors ask the same function.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from organizations.access import Act, Capacity, may, whose
from organizations.models import Kind

from .judging.locking import CLOSED
from .models import OrganizationRating, State

STATES = {
    Act.RATE: {State.DRAFT},
    Act.SUBMIT: {State.DRAFT},
    Act.ENDORSE: {State.SUBMITTED},
    Act.DECIDE: {State.ENDORSED},
    Act.RETURN: {State.SUBMITTED, State.ENDORSED},
    Act.ACCEPT: {State.DECIDED},
    Act.REOPEN: {State.DECIDED, State.ACCEPTED},
    Act.CORRECT: {State.LOCKED},
}
SHEET_ACTS = tuple(STATES)
# What a cell that decides its own members does otherwise: it neither submits nor is endorsed.
OWN_STATES = STATES | {
    Act.SUBMIT: set(),
    Act.ENDORSE: set(),
    Act.DECIDE: {State.DRAFT, State.SUBMITTED, State.ENDORSED},
}
OWN_WAY = "Chi bộ cơ sở tự quyết định xếp loại đảng viên của mình, không qua bước này."


def states_for(act, *, own):
    """[State] in which a sheet takes `act`, in the order of the way. `own`: its cell decides its own members."""
    wanted = (OWN_STATES if own else STATES)[act]
    return [state for state in State if state in wanted]


DECIDES = {
    Act.RATE_CELL: (OrganizationRating.Tier.SECTION, OrganizationRating.Tier.CELL),
    Act.RATE_GRASSROOTS: (OrganizationRating.Tier.GRASSROOTS,),
}


WAITS_FOR = {
    State.DRAFT: Capacity.CELL,
    State.SUBMITTED: Capacity.COMMITTEE,
    State.ENDORSED: Capacity.COMMITTEE,
    State.DECIDED: Capacity.DEPARTMENT,
    State.ACCEPTED: Capacity.DEPARTMENT,
}


@dataclass(frozen=True)
class Permit:
    """`why`: "" when allowed, else the sentence that says why not."""

    act: Act
    why: str = ""

    @property
    def allowed(self):
        return not self.why


def of_sheet(act, sheet, kind, held):
    """Permit of a user with the capacities `held` for `act` on a sheet; `kind`: that of its cell."""
    if not may(act, held):
        return Permit(act, f"Việc {act} là của {whose(act)}.")
    states = states_for(act, own=kind == Kind.CBCS)
    if sheet.state in states:
        return Permit(act)
    if not states:
        return Permit(act, OWN_WAY)
    if sheet.state == State.LOCKED:
        return Permit(act, CLOSED)
    wanted = " hoặc ".join(state.label for state in states)
    return Permit(act, f"Phiếu {State(sheet.state).label}; việc {act} cần phiếu {wanted}.")


def sheet_permits(sheet, kind, held):
    """{Act: Permit} for every act on a sheet."""
    return {act: of_sheet(act, sheet, kind, held) for act in SHEET_ACTS}


def of_organization(act, row, period, held):
    """Permit for `act` (PROPOSE, RATE_CELL, RATE_GRASSROOTS) on an OrganizationRating."""
    if not may(act, held):
        return Permit(act, f"Việc {act} là của {whose(act)}.")
    if period.locked_id:
        return Permit(act, CLOSED)
    if act in DECIDES and row.tier not in DECIDES[act]:
        return Permit(act, f"Không {act} ở đây: đây là {row.get_tier_display()}.")
    if act == Act.PROPOSE and row.decision_id:
        return Permit(act, "Đã có quyết định xếp loại, không đổi đề nghị được nữa.")
    return Permit(act)


def require(permit):
    """403 with the sentence unless allowed."""
    if permit.why:
        raise PermissionDenied(permit.why)
