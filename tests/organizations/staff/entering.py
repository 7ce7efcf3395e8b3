"""Entering staff in the small world, and summing it a second, naive way."""

from datetime import date

from organizations.models import OrganizationSpell, StaffCount
from organizations.staff.counts import StaffRow, set_staff


def row(world, code, year, told):
    """`told`: 50, "trên 50", (30, 10, 5) with None for what is unknown, then perhaps the total; None: withdrawn."""
    organization = world.org[code]
    if isinstance(told, tuple):
        names = ("civil_servants", "public_employees", "workers", "total")
        return StaffRow(organization=organization, year=year, **dict(zip(names, told, strict=False)))
    if isinstance(told, str):
        return StaffRow(organization=organization, year=year, total=int(told.split()[-1]), at_least=True)
    return StaffRow(organization=organization, year=year, total=told)


def enter(world, year=2017, /, on=None, document=None, **told):
    """One act. `told`: {code of the organization, _ for -: as `row` takes it}."""
    rows = [row(world, code.replace("_", "-"), year, numbers) for code, numbers in told.items()]
    act = world.act(on) if on else world.act()
    return set_staff(rows, **act, document=document)


def standing(year=2017):
    """{code: text} of what stands."""
    rows = StaffCount.objects.filter(voided=None, year=year).select_related("organization")
    return {count.organization.code: count.in_words for count in rows}


def summed_by_hand(code, year, day):
    """(sum, organizations entered, organizations) of the grassroots below `code` on `day`, by climbing from parent to parent."""
    spells = {
        s.organization_id: s
        for s in OrganizationSpell.objects.filter(voided=None).select_related("organization")
        if s.starts <= day < s.ends
    }

    def stands_below(spell):
        while spell and spell.organization.code != code:
            spell = spells.get(spell.parent_id)
        return spell is not None

    grassroots = [pk for pk, s in spells.items() if s.kind in ("DBCS", "CBCS") and stands_below(s)]
    numbers = [c.total for c in StaffCount.objects.filter(voided=None, year=year) if c.organization_id in grassroots]
    return sum(numbers), len(numbers), len(grassroots)


def last_of(year):
    return date(year, 12, 31)
