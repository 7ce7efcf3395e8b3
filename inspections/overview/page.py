"""What the overview and the lists show, put together: each number with the address of its rows."""

from django.db.models import OuterRef, Subquery

from inspections.checks.filters import SubjectFilter
from inspections.discipline import year
from inspections.handover.page import left_by
from inspections.letters import list as letter_list
from inspections.models import Conclusion
from inspections.scope import Scope
from inspections.tables import LetterTable, SubjectTable
from ledger.web.paging import paged
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations import access, lineage
from organizations.access import Keep

from . import overview


def context(user, page, opened):
    """Context of templates/inspections/overview.html. `opened`: key of the form of discipline whose rows are shown."""
    scope = Scope(page)
    work, undone, of_others = overview.work(scope), overview.undone(scope), overview.of_others(scope)
    return page.context("inspections") | {
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
        "keeps": keeps(user, page),
        "left_open": keeps(user, page) and bool(left_by(user, page, scope.ever_before)),
        **_discipline(user, scope, opened, page.sees_letters),
        **(_letters(scope) if page.sees_letters else {}),
        "tab": "inspections",
        "minor": "overview",
    }


def _with_names(scope, rows):
    """[(subject, its name, its conductor's name)] of the first `rows`."""
    first = list(rows[: overview.LISTED])
    names = scope.names(_named(first))
    return [(s, names.get(s.organization_id, ""), names.get(s.inspection.conductor_id, "")) for s in first]


def keeps(user, page):
    return access.may_keep(Keep.INSPECTIONS, access.capacities(user, page.organization, page.day))


def _discipline(user, scope, opened, letters):
    tallies = [*year.of_members(scope), *year.of_organizations(scope)]
    found = {"disciplines": tallies}
    tally = next((t for t in tallies if t.key == opened), None)
    if tally:
        rows = year.told(tally.rows, letters=letters)
        found |= {"opened": tally, "opened_rows": rows}
        people = tell_apart((row.member for row in rows if row.member), user)
        found["opens"] = open_members(user, [person.pk for person in people])
    return found


def _letters(scope):
    coming = list(letter_list.coming(scope)[: overview.LISTED])
    names = letter_list.names(scope, coming)
    day = scope.page.day
    return {
        "letters": letter_list.deadlines(scope),
        "coming": [(row, names[row.organization_id], letter_list.state_in_words(row, day)) for row in coming],
    }


def subject_list(user, page, request):
    """Context of templates/inspections/list.html."""
    scope = Scope(page)
    labels = lineage.labels(scope.seen, page.day)
    found = Conclusion.objects.filter(
        voided__isnull=True, inspection=OuterRef("inspection"), organization=OuterRef("organization")
    )
    rows = scope.subjects().select_related("inspection").annotate(concluded_on=Subquery(found.values("on")[:1]))
    wanted = SubjectFilter(request.GET, queryset=rows, scope=scope, labels=labels)
    table = paged(request, SubjectTable(wanted.qs, names={}))
    table.names = scope.names(_named(table.page.object_list.data))
    return page.context("inspections") | {
        "filter": wanted,
        "chips": wanted.chips(),
        "table": table,
        "keeps": keeps(user, page),
        "tab": "inspections",
        "minor": "list",
    }


def _named(rows):
    return {pk for row in rows for pk in (row.organization_id, row.inspection.conductor_id)}


def letter_page(user, page, request):
    """Context of templates/inspections/letters.html; 403 for who may see no letters."""
    access.require_letters(user, page.organization, page.day)
    scope = Scope(page)
    wanted = letter_list.LetterFilter(
        request.GET, queryset=letter_list.letters(scope), labels=letter_list.labels(scope)
    )
    table = paged(request, LetterTable(wanted.qs, names={}, day=page.day))
    table.names = scope.names({row.organization_id for row in table.page.object_list.data})
    return page.context("inspections") | {
        "filter": wanted,
        "chips": wanted.chips(),
        "table": table,
        "deadlines": letter_list.deadlines(scope),
        "keeps": access.may_keep(Keep.LETTERS, access.capacities(user, page.organization, page.day)),
        "tab": "inspections",
        "minor": "letters",
    }
