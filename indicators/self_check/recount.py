"""Figures a second way: facts are read row by row, each is placed in Python along the spells, and the rows are counted.

No join to the lineage, no list of organizations: nothing that a database's planner could answer in another way. What
is left out for which reason stays the one definition of the measure.
"""

from collections import defaultdict

from indicators.measures import LETTERS, MEASURES, counts
from organizations import lineage


def recount(measures, windows):
    """{(measure code, organization id, year): [ids of what counts there, in order]}"""
    pks, above = defaultdict(list), lineage.climb()
    for facts in dict.fromkeys(m.facts for m in measures):
        mine = {f"why{n}": m for n, m in enumerate(m for m in measures if m.facts is facts)}
        columns = {name: m.why for name, m in mine.items()}
        for rows in facts.held(windows):
            rows = rows.annotate(**columns).order_by(facts.identity)
            for pk, place, day, year, *why in rows.values_list(
                facts.identity, facts.organization, "day", "in_year", *columns
            ):
                nodes = (place,) if facts.own else above(place, day)
                for measure, reason in zip(mine.values(), why, strict=True):
                    if reason == "":
                        for node in nodes:
                            pks[measure.code, node, year].append(pk)
    return pks


def differences(measures, windows, together):
    """What pages count otherwise than the recount: [(measure code, organization id, year, n there, n here)], in order.

    `together`: sets of organizations (ids) that a page asks for at once; each is counted as its page counts it.
    """
    again, mismatches = recount(measures, windows), {}
    asked = [(m.code, w.year) for m in measures for w in windows]
    for nodes in together:
        counted = counts(measures, windows, nodes=nodes)
        for node in nodes:
            for code, year in asked:
                recounted = len(again.get((code, node, year), ()))
                if counted[code, node, year] != recounted:
                    mismatches[code, node, year] = counted[code, node, year], recounted
    return [(*key, *numbers) for key, numbers in sorted(mismatches.items())]


def apart(figures, rows):
    """Numbers frozen otherwise than the rows frozen with them: [(measure code, organization code, number, rows)].

    `figures`, `rows`: as indicators/closing/frozen.py writes them, read back.
    """
    mismatches = []
    for indicator in figures["indicators"]:
        for code, figure in figures["figures"][indicator["code"]].items():
            for side in ("numerator", "denominator"):
                measure = indicator[side]
                if not measure:
                    continue
                counted = rows.get(measure, {})
                behind = sum(len(counted.get(place, ())) for place in (code, *figure["with"]))
                if int(figure[side]) != behind:
                    mismatches.append((measure, code, int(figure[side]), behind))
    return sorted(set(mismatches))


def where(measure, code, *, told=""):
    """ "Đảng viên ở K": which count and where. Of letters the place and the numbers `told` are nobody's business.

    `measure`: its code, one of a closing that is counted no longer as well.
    """
    counted = MEASURES.get(measure)
    name = counted.name if counted else measure
    if counted and counted.facts is LETTERS:
        return f"{name} ở một tổ chức"
    return f"{name} ở {code}{told}"
