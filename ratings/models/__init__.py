"""Schemes of ratings, the periods that follow them, and what was rated in each (design §6)."""

from .schemes import Calendar, Cap, Level, Reason, Rule, Scheme, Strength
from .sheets import COUNTED, FrozenScheme, MemberRating, OrganizationRating, Period, Sheet, State, Step, the_day

__all__ = [
    "COUNTED",
    "Calendar",
    "Cap",
    "FrozenScheme",
    "Level",
    "MemberRating",
    "OrganizationRating",
    "Period",
    "Reason",
    "Rule",
    "Scheme",
    "Sheet",
    "State",
    "Step",
    "Strength",
    "the_day",
]
