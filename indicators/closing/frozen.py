"""The text that a closing freezes: names, labels, rules and numbers, not references (shapes §8).

Whoever reads it later needs no table that may have changed since. Two parts, each canonical JSON:

figures  {"format", "year", "period", "first", "last", "scheme": {…}, "organizations": {code: {name, kind, parent}},
          "measures": {code: {name, definition}}, "indicators": [columns, in order],
          "figures": {indicator: {organization: {n, d, value, …}}}, "left_out": {indicator: [[reason, n]]}}
rows     {measure: {organization: [ids]}}
"""

from dataclasses import replace

from django.db.models import Q

from indicators.board import board, left_out
from indicators.machine import frozen
from indicators.measures import MEASURES, STRUCTURE, ids
from indicators.models import Target
from indicators.years import groups_of, the_years
from ledger.web.seals import canonical, digest
from organizations import lineage
from organizations.models import Organization

FORMAT = 1  # of the frozen text; raised with any change of its shape
COLUMNS = (
    "name kind numerator denominator unit denominator_name direction decimals rule empty_is_met required headline below"
).split()


def seal_of(figures, rows):
    return digest(f"{figures}\n{rows}")


def window_of(period, known=None):
    """The window of the period's whole year; `known`: the Change up to which it looks."""
    return replace(the_years([period.year])[period.year].window, known=known)


def groups_in(period):
    """The groups of the period's bloc in its year."""
    return groups_of({period.year: period.bloc_id})[period.year]


def counted_in(period):
    """{code: Measure} of what the year's indicators and its structure count."""
    codes = {m.code for m in STRUCTURE}
    for group in groups_in(period):
        codes |= {c for i in group.all_indicators for c in (i.numerator, i.denominator) if c}
    return {code: MEASURES[code] for code in sorted(codes)}


def looked_at(period, known=None, also=()):
    """{organization id: code} of all that stood in the period's bloc at some time in it. `known`, `also`: as `rows_of`."""
    window = window_of(period, known)
    inside = lineage.within(period.bloc_id, window.first, window.last, known)
    names = dict(Organization.objects.values_list("pk", "code"))
    return {pk: code for pk, code in names.items() if pk in inside or code in also}


def rows_of(period, known=None, codes=None, also=()):
    """The frozen `rows` of a period, for the measures `codes` or those its year counts, at all that stood in its bloc.

    `known`: id of the Change up to which it looks; `also`: codes of organizations that are looked at besides.
    """
    measures = [MEASURES[c] for c in codes] if codes is not None else counted_in(period).values()
    names = looked_at(period, known, also)
    rows = {m.code: {} for m in measures}
    for (code, node), pks in ids(measures, window_of(period, known)).items():
        if node in names:
            rows[code][names[node]] = pks
    return canonical(rows)


def definition_of(indicator):
    """The columns of an indicator that say how it is counted and judged."""
    return {name: getattr(indicator, name) for name in COLUMNS}


def named(indicator):
    """`definition_of` with its code and its group, as they are frozen."""
    group = indicator.group
    return {
        "code": indicator.code,
        "group": group.code,
        "group_name": group.name,
        "order": group.order,
    } | definition_of(indicator)


def figures_of(period):
    """The frozen `figures` of a period: every indicator at every organization that stood in its bloc on its last day."""
    window = window_of(period)
    inside = lineage.below([period.bloc_id], window.last)
    places = list(lineage.places(window.last).filter(organization__in=inside).order_by("organization__code"))
    names = {spell.organization_id: spell.organization.code for spell in places}
    lines = _lines(places, period.year)
    measures = counted_in(period)
    indicators = [i for g in groups_in(period) for i in g.all_indicators]
    papers = _papers(indicators)
    figures = {i.code: {} for i in indicators}
    for (code, node), line in lines.items():
        figures[code][names[node]] = frozen(line) | {
            "inherited": line.inherited,
            "with": _codes(line.predecessors),
            "document": papers.get((line.indicator.pk, node), ""),
        }
    year = the_years([period.year])[period.year]
    bloc = [spell for spell in places if spell.organization_id == period.bloc_id]
    return canonical(
        {
            "format": FORMAT,
            "year": period.year,
            "period": period.slug,
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "scheme": of_scheme(period.scheme),
            "organizations": {
                s.organization.code: {"name": s.name, "kind": s.kind, "parent": names.get(s.parent_id)} for s in places
            },
            "measures": {code: {"name": m.name, "definition": m.definition} for code, m in measures.items()},
            "indicators": [named(i) for i in indicators],
            "figures": figures,
            "left_out": {
                i.code: {s.organization.code: left_out(i, s.organization, year) for s in bloc} for i in indicators
            },
        }
    )


def _lines(places, year):
    """{(indicator code, organization id): Line}, each read off the page of the organization itself or its parent."""
    parents = {spell.parent_id for spell in places}
    lines = {}
    for spell in places:
        if spell.organization_id in parents or spell.is_whole:
            seen = board(spell.organization, year, years=[year])
            lines |= {(line.indicator.code, node): line for (_, node), line in seen.lines.items()}
    return lines


def _codes(ids_):
    return sorted(Organization.objects.filter(pk__in=ids_).values_list("code", flat=True)) if ids_ else []


def _papers(indicators):
    """{(indicator id, organization id): the document of its target, as text}"""
    rows = Target.objects.standing().filter(Q(indicator__in=[i.pk for i in indicators]))
    rows = rows.filter(added__document__isnull=False).select_related("added__document")
    return {(t.indicator_id, t.organization_id): str(t.added.document) for t in rows}


def of_scheme(scheme):
    """What the figures read of a scheme."""
    return {
        "name": str(scheme),
        "comparable_group": scheme.comparable_group,
        "levels": {
            str(level.rank): {"organizations": level.organization_label, "members": level.member_label}
            for level in scheme.levels.all()
        },
    }
