"""The verb that records a superior's written consent to an organization outside the usual size (domain §3.1)."""

from collections.abc import Iterable
from datetime import date

from ledger.acts import Refused, act
from ledger.models import Document, User
from ledger.text import within_sentence
from organizations.verbs import TreeVerb

from . import lineage
from .models import Approval, Organization, SizeRule


def approve(
    rows: Iterable[tuple[Organization, SizeRule]], *, by: User, on: date, document: Document, reason: str = ""
) -> list[Approval]:
    """`rows`: [(organization, SizeRule)]: from `on` the organization may stand outside the rule, by `document`."""
    rows = list(rows)
    with act(TreeVerb.APPROVE_SIZE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        if document is None:
            raise Refused("Cần ghi văn bản đồng ý của cấp trên: số, ngày, cơ quan ban hành.")
        spells = lineage.require_standing([(organization, on, rule) for organization, rule in rows])
        for (_, rule), spell in zip(rows, spells, strict=True):
            if spell.kind != rule.kind:
                raise Refused(
                    f"{spell.name} không phải {within_sentence(rule.get_kind_display())}; mức này không áp dụng."
                )
        return Approval.objects.bulk_create(
            Approval(organization=organization, rule=rule, starts=on, added=change) for organization, rule in rows
        )
