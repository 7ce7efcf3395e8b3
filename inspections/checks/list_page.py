"""The page that lists every subject of the year."""

from django.db.models import OuterRef, Subquery

from inspections.models import Conclusion
from inspections.scope import Scope
from ledger.web.paging import paged
from organizations import lineage
from organizations.access import Keep

from .filters import SubjectFilter
from .table import SubjectTable


def subject_list(user, page, request):
    """Context of templates/inspections/checks/list.html."""
    scope = Scope(page)
    labels = lineage.labels(scope.seen, page.day)
    conclusions = Conclusion.objects.standing().filter(
        inspection=OuterRef("inspection"), organization=OuterRef("organization")
    )
    rows = scope.subjects().select_related("inspection").annotate(concluded_on=Subquery(conclusions.values("on")[:1]))
    wanted = SubjectFilter(request.GET, queryset=rows, scope=scope, labels=labels)
    table = paged(request, SubjectTable(wanted.qs, names={}))
    table.names = scope.names_of(table.page.object_list.data)
    return page.context() | {
        "filter": wanted,
        "chips": wanted.chips(),
        "table": table,
        "keeps": page.may(Keep.INSPECTIONS),
    }
