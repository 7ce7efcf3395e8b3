"""What a user sees, and how he stands to organizations; the day on which the trees of these tests change."""

from datetime import date, timedelta

from organizations.access import capacities_of, visible_to
from organizations.models import Role
from tests.world import TODAY

DAY = date(2017, 7, 1)
BEFORE = DAY - timedelta(days=1)
BLOC_ROLES = [Role.ORGANIZATION, Role.INSPECTION, Role.LEADER]


def seen(user, on=TODAY):
    return set(visible_to(user, on).values_list("code", flat=True))


def stands(user, on, *organizations):
    """{code: how the user stands to it}"""
    return {o.code: held for o in organizations if (held := capacities_of(user, [o], on)[o.pk])}
