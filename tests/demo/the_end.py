"""The end of the demonstration's bloc on 17/12/2018: 56 organizations go to three receivers, two split on the way, one merged."""

import json
from datetime import date, timedelta

from indicators.board import the_years
from indicators.measures import REGISTRY, counts
from members.reorganizing import plan
from members.reorganizing.plan_bloc import ending
from organizations.forest import Forest
from organizations.models import OrganizationSpell
from organizations.reorganize import Founding

DAY = date(2018, 12, 17)
EVE = DAY - timedelta(days=1)
RECEIVERS = {
    "K01": "Đảng bộ các cơ quan Đảng tỉnh",
    "K02": "Đảng bộ Ủy ban nhân dân tỉnh",
    "K03": "Đảng bộ các đơn vị sự nghiệp tỉnh",
}
# Whose organizations go to K01 and K03; all others go to K02.
TO_FIRST = [f"CB{n:02}" for n in range(1, 13)]
TO_THIRD = [f"DB{n:02}" for n in range(18, 26)]
SPLIT = {"DB01": ("DB26", "DB27"), "DB09": ("DB28", "DB29")}  # the first goes to K01, the second to K03
MERGED, INTO, CELL = "CB31", "DB25", "DB25-01"


def receiver(code):
    return "K01" if code in TO_FIRST else "K03" if code in TO_THIRD else "K02"


def half(forest, code):
    """{cell of `code`: 0 or 1}: which of the two new organizations it belongs to."""
    return {child: n % 2 for n, child in enumerate(forest.children(code))}


def wanted():
    """Prints, as JSON, what hangs under what once the bloc has ended: {code: code}, of all that moves or is founded."""
    forest = Forest.on(EVE)
    found = {c: receiver(c) for c in forest.children("K") if c not in SPLIT and c != MERGED}
    for old, heirs in SPLIT.items():
        found |= dict(zip(heirs, ("K01", "K03"), strict=True))
        found |= {cell: heirs[n] for cell, n in half(forest, old).items()}
    print(json.dumps(found))


def seen_until_the_eve():
    """Prints, as JSON, every measure at every organization that stood by the eve, in every year, seen on the eve: {"…": n}."""
    codes = dict(
        OrganizationSpell.objects.standing()
        .filter(starts__lte=EVE)
        .values_list("organization_id", "organization__code")
    )
    windows = [year.window for year in the_years(range(2013, 2019), as_of=EVE).values()]
    found = counts(REGISTRY, windows, nodes=list(codes))
    print(json.dumps({f"{measure} {codes[pk]} {year}": n for (measure, pk, year), n in sorted(found.items())}))


def tree():
    """Prints, as JSON, the tree of DAY: {code: code of what is above, or null}."""
    print(json.dumps({code: place.parent for code, place in Forest.on(DAY).items()}))


def the_plan(forest):
    along = []
    for old, heirs in SPLIT.items():
        rows = [
            Founding(code=code, name=f"{forest[old].name}, phần {n}", kind="DBCS", parent=parent)
            for n, (code, parent) in enumerate(zip(heirs, ("K01", "K03"), strict=True), start=1)
        ]
        parents = {cell: heirs[n] for cell, n in half(forest, old).items()}
        along.append(plan.splitting(forest, old, rows, ends=True, parents=parents, principal=heirs[0]))
    along.append(plan.merging(forest, [MERGED], INTO, people={MERGED: CELL}))
    parents = {c: receiver(c) for c in forest.children("K") if c not in SPLIT and c != MERGED}
    founded = [
        Founding(code=code, name=name, kind="KHOI", position=n) for n, (code, name) in enumerate(RECEIVERS.items())
    ]
    return ending(["K"], parents, founded=founded, along=along)
