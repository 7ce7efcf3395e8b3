"""The page of the letters of an organization in a year."""

from inspections.scope import Scope
from ledger.web.paging import paged
from organizations import access
from organizations.access import Keep

from . import letter_list
from .table import LetterTable


def letter_page(user, page, request):
    """Context of templates/inspections/letters/letters.html; 403 for who may see no letters."""
    access.require_letters(user, page.organization, page.day)
    scope = Scope(page)
    wanted = letter_list.LetterFilter(
        request.GET, queryset=letter_list.letters(scope), labels=letter_list.labels(scope)
    )
    table = paged(request, LetterTable(wanted.qs, names={}, day=page.day))
    table.names = scope.names({row.organization_id for row in table.page.object_list.data})
    return page.context() | {
        "filter": wanted,
        "chips": wanted.chips(),
        "table": table,
        "deadlines": letter_list.deadlines(scope),
        "keeps": access.may_keep(Keep.LETTERS, access.capacities(user, page.organization, page.day)),
    }
