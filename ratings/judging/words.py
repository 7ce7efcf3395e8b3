"""How a rating is said in words: level, points, reason, cap."""

from django.utils.text import capfirst

from ledger.numbers import group
from ratings.models import Reason

NOTHING = "chưa xếp loại"


class Words:
    """Levels and reasons of one scheme in words; two queries unless they were fetched before."""

    def __init__(self, scheme):
        self.levels = {level.rank: level for level in scheme.levels.all()}
        self.reasons = {reason.pk: reason for reason in scheme.reasons.all()}

    def member(self, row):
        """What a line says: “Hoàn thành tốt nhiệm vụ”, 92,5 điểm (“…”), a reason, or that it says nothing yet."""
        if row is None:
            return NOTHING
        if row.reason_id:
            return self._reason(row.reason_id)
        rank = row.decided or row.proposed
        if rank is None:
            return NOTHING
        return _with_points(
            f"“{capfirst(self.levels[rank].member_words)}”", row.points if rank == row.proposed else None
        )

    def proposal(self, row):
        if row is None or row.proposed is None:
            return "chưa đề nghị"
        return _with_points(f"“{self.levels[row.proposed].organization_label}”", row.points)

    def organization(self, row):
        if row is None or (row.level is None and row.reason_id is None):
            return NOTHING
        if row.reason_id:
            return self._reason(row.reason_id)
        label = f"“{self.levels[row.level].organization_label}”"
        return f"{label} tiêu biểu" if row.exemplary else label

    def _reason(self, pk):
        reason = self.reasons.get(pk) or Reason.objects.get(pk=pk)  # of the version read before another was taken up
        kind = NOTHING if reason.kind == Reason.Kind.POSTPONED else "không xếp loại"
        return f"{kind} ({reason.label})"


def _with_points(label, points):
    return label if points is None else f"{group(points.normalize() + 0, None if points % 1 else 0)} điểm ({label})"
