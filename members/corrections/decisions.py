"""The decision by which somebody was admitted, told later than the admission itself.

An act about many may rest on no paper, while each was admitted by one of their own. Only what is wanting is added: a decision
that stands is put right at the record, where the admission is taken back and recorded anew.
"""

from collections.abc import Iterable

from ledger.acts import Refused, supersede
from ledger.models import Change, Document
from members.models import Admission
from members.register.places import lock


def has_decision(row: Admission) -> bool:
    """Whether the admission rests on a paper: its own, or that of its act."""
    return row.decision_id is not None or row.added.document_id is not None


def add_decisions_within(rows: Iterable[tuple[Admission, Document]], change: Change) -> None:
    """Inside another verb's act: each admission rests on its paper. Refused for one that stands no more, or has a paper."""
    rows = list(rows)
    lock([row.member for row, _ in rows])
    ids = [row.pk for row, _ in rows]
    standing = Admission.objects.standing().filter(pk__in=ids).select_related("added", "member").in_bulk()
    for row, _ in rows:
        stands = standing.get(row.pk)
        if stands is None or has_decision(stands):
            raise Refused(f"{row.member}: lần kết nạp này vừa được sửa ở nơi khác. Hãy xem lại hồ sơ rồi nhập lại.")
    supersede([(standing[row.pk], {"decision": paper}) for row, paper in rows], change)
