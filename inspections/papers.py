"""What of inspections and letters rests on a paper. Of letters nothing is told but to who reads them one by one."""

from django.urls import reverse

from ledger.numbers import day_in_words
from ledger.web.finding import Hit, Resting, told
from organizations import lineage
from organizations.access import office_of
from organizations.frame import seen_at_year_ends

from .custody import readable
from .models import Conclusion, Inspection, InspectionSubject, Letter


def resting(user):
    """[Resting] of inspections, and of letters for their readers."""
    years = set(Inspection.objects.standing().values_list("year", flat=True))
    kinds = [
        _of_inspections(user, years, InspectionSubject, "Kiểm tra, giám sát"),
        _of_inspections(user, years, Conclusion, "Kết luận kiểm tra, giám sát"),
    ]
    if office_of(user).reads_letters:
        letters = told(readable(user, Letter.objects.standing())).select_related("added")
        kinds.append(Resting("Đơn thư", letters, ("added__document",), lambda rows, _: _letters(rows)))
    return kinds


def _of_inspections(user, years, model, label):
    conducted = seen_at_year_ends(user, "inspection__conductor", "inspection__year", years)
    looked_at = seen_at_year_ends(user, "organization", "inspection__year", years)
    # Each condition alone is empty for an administrator, who sees all.
    rows = model.objects.filter(conducted | looked_at) if conducted else model.objects.all()
    rows = told(rows).select_related("inspection", "organization", "added")
    return Resting(label, rows, ("added__document",), lambda found, _: _inspections(found))


def _inspections(rows):
    names = lineage.labels_at((row.organization_id, row.added.on) for row in rows)
    return [
        Hit(
            row.inspection.title,
            reverse("inspection", args=[row.inspection_id]),
            [names.get((row.organization_id, row.added.on), row.organization.code), row.inspection.get_kind_display()],
        )
        for row in rows
    ]


def _letters(rows):
    return [
        Hit(
            f"Đơn số {row.number}",
            reverse("letter", args=[row.file_id]),
            [f"nhận ngày {day_in_words(row.received_on)}"],
        )
        for row in rows
    ]
