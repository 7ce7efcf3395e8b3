"""What was said of organizations for the same time in another period: that of the bloc in which they stood before."""

from dataclasses import dataclass

from organizations import lineage
from ratings.judging.words import Words
from ratings.models import OrganizationRating


@dataclass(frozen=True)
class SaidBefore:
    """`rating`: the row of the other period; `bloc`: whose that was, by name; `words`: what it says."""

    rating: OrganizationRating
    bloc: str
    words: str

    def __str__(self):
        return f"Cùng kỳ ở {self.bloc}, trước khi chuyển đến đây: {self.words}"


def said_before(period, organizations):
    """{organization id: SaidBefore} of those of `organizations` (ids) of which another bloc's period says something, a row that
    went with the organization included; the latest holds."""
    rows = OrganizationRating.objects.filter(organization__in=organizations, period__voided__isnull=True)
    rows = rows.filter(period__year=period.year, period__quarter=period.quarter).exclude(period__bloc=period.bloc_id)
    rows = rows.select_related("period__scheme", "reason", "decision").order_by("pk")
    latest = {row.organization_id: row for row in rows if _says_something(row)}
    blocs = lineage.names({row.period.bloc_id for row in latest.values()}, period.cutoff) if latest else {}
    return {pk: SaidBefore(row, blocs[row.period.bloc_id].name, _words(row)) for pk, row in latest.items()}


def _says_something(row):
    return row.proposed is not None or row.level is not None or row.reason_id is not None or bool(row.task)


def _words(row):
    words = Words(row.period.scheme)
    said = [f"tự đề nghị {words.proposal(row)}"] if row.proposed is not None else []
    if row.level is not None or row.reason_id is not None:
        paper = f", theo số {row.decision}" if row.decision else ""
        said.append(f"đã quyết định {words.organization(row)}{paper}")
    if row.task:
        said.append(f"nhiệm vụ chính trị {row.get_task_display()}")
    return "; ".join(said)


def chosen_before(before, scheme):
    """(level proposed, points) that a form under `scheme` may begin with: as proposed elsewhere, else as decided; (None, None)
    where that was said under another scheme."""
    if before is None or before.rating.period.scheme_id != scheme.pk:
        return None, None
    return before.rating.proposed or before.rating.level, before.rating.points
