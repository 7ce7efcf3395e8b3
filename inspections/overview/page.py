"""What the overview and the lists show, put together: each number with the address of its rows."""

from inspections.discipline import year
from inspections.handover.hand_over import left_by
from inspections.letters import letter_list
from inspections.scope import Scope
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations.access import Keep

from . import overview


def context(user, page, opened):
    """Context of templates/inspections/overview/overview.html. `opened`: key of the form of discipline whose rows are shown."""
    scope = Scope(page)
    work, undone, of_others = overview.work(scope), overview.undone(scope), overview.of_others(scope)
    return page.context() | {
        "work": work,
        "works": any(row.planned or row.extra for row in work) or undone.exists(),
        "undone": _with_names(scope, undone),
        "undone_count": undone.count(),
        "days_left": overview.days_left(page),
        "finance": overview.finance(scope),
        "of_others": _with_names(scope, of_others),
        "of_others_count": of_others.count(),
        "by_those_below": overview.by_those_below(scope),
        "next_year": overview.next_year(scope),
        "predecessors": list(scope.names(scope.before).values()),
        "keeps": page.may(Keep.INSPECTIONS),
        "left_open": page.may(Keep.INSPECTIONS) and bool(left_by(user, page, scope.ever_before)),
        **_discipline(user, scope, opened, page.sees_letters),
        **(_letters(scope) if page.sees_letters else {}),
    }


def _with_names(scope, rows):
    """[(subject, its name, its conductor's name)] of the first `rows`."""
    first = list(rows[: overview.LISTED])
    names = scope.names_of(first)
    return [(s, names.get(s.organization_id, ""), names.get(s.inspection.conductor_id, "")) for s in first]


def _discipline(user, scope, opened, letters):
    tallies = [*year.of_members(scope), *year.of_organizations(scope)]
    discipline_context = {"disciplines": tallies}
    tally = next((t for t in tallies if t.key == opened), None)
    if tally:
        rows = year.told(tally.rows, letters=letters)
        discipline_context |= {"opened": tally, "opened_rows": rows}
        people = tell_apart((row.member for row in rows if row.member), user)
        discipline_context["opens"] = open_members(user, [person.pk for person in people])
    return discipline_context


def _letters(scope):
    coming = list(letter_list.coming(scope)[: overview.LISTED])
    names = letter_list.names(scope, coming)
    day = scope.page.day
    return {
        "letters": letter_list.deadlines(scope),
        "coming": [(row, names[row.organization_id], letter_list.state_in_words(row, day)) for row in coming],
    }
