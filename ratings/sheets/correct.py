"""The one act left after the lock: a correction with its old value, new value, reason and document (design §6).

The old row is voided and a new one inserted, so what was published can still be read as it stood at the lock.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from simple_history.utils import bulk_create_with_history

from ledger.acts import Refused, act, void
from ledger.models import Change, Document, User
from organizations.lineage import Nodes
from ratings.judging.locking import Stale, check_level
from ratings.judging.record_facts import know
from ratings.judging.rules import RuleBook, hold
from ratings.models import MemberRating, OrganizationRating, Period, Reason
from ratings.verbs import RatingVerb

Rated = MemberRating | OrganizationRating


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`row`: a standing MemberRating or OrganizationRating of a locked period.

    `level` (rank) or `left_out`, not both; a member under a scheme by points is given `points` for the level.
    """

    row: Rated
    level: int | None = None
    points: Decimal | None = None
    left_out: Reason | None = None
    exemplary: bool = False


def correct(rows: Iterable[Correction], *, by: User, on: date, document: Document | None, reason: str) -> list[Rated]:
    """Replaces locked ratings. `rows`: [Correction]. Returns the new rows.

    Raises Stale for a row that another has corrected first, Refused otherwise; then nothing is written.
    """
    rows = list(rows)
    if document is None:
        raise Refused("Điều chỉnh sau khi khóa kỳ cần số, ngày và cơ quan ban hành của văn bản.")
    if not reason:
        raise Refused("Điều chỉnh sau khi khóa kỳ cần nêu lý do.")
    if not rows:
        raise Refused("Chưa chọn dòng nào để điều chỉnh.")
    if len({(type(row.row), row.row.pk) for row in rows}) < len(rows):
        raise Refused("Một dòng chỉ điều chỉnh một lần trong một việc.")
    with act(RatingVerb.CORRECT, by=by, on=on, document=document, reason=reason) as change:
        made = []
        # Organizations first: where rows of both are held, roofs come before lines (ratings/judging/locking.py).
        for model in (OrganizationRating, MemberRating):
            mine = [row for row in rows if isinstance(row.row, model)]
            made += _replace(model, mine, change)
        return made


def _replace(model: type[Rated], rows: Collection[Correction], change: Change) -> list[Rated]:
    if not rows:
        return []
    ids = [row.row.pk for row in rows]
    standing = model.objects.locked().filter(pk__in=ids, voided__isnull=True)
    related = ["organization", "reason", "period__scheme", *(["member"] if model is MemberRating else [])]
    standing = {row.pk: row for row in standing.select_related(*related).order_by("pk")}
    made = [_corrected(row, standing.get(row.row.pk), change) for row in rows]
    if model is MemberRating:
        _hold_rules(made, standing)
    void(model.objects.filter(pk__in=ids), change)
    bulk_create_with_history(made, model, default_user=change.by)
    return made


def _corrected(row: Correction, old: Rated | None, change: Change) -> Rated:
    """The row that takes the place of `old`; unsaved."""
    if old is None:
        raise Stale("Dòng này vừa được người khác điều chỉnh. Hãy xem lại rồi ghi.")
    if not old.period.locked_id:
        raise Refused(f"{old.period} chưa khóa; hãy sửa trên phiếu.")
    _check(row, old)
    new = {"reason": row.left_out, "version": old.version + 1, "added": change, "voided": None, "changed": change}
    new |= {"difference": ""}
    new |= _of_organization(row, old, change) if isinstance(old, OrganizationRating) else _of_member(row, old)
    if all(
        getattr(old, name) == new[name] for name in ("decided", "level", "exemplary", "points", "reason") if name in new
    ):
        raise Refused(f"{_name(old)}: mức mới trùng với mức đang ghi, không có gì để điều chỉnh.")
    kept = {
        f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.name != "id" and f.name not in new
    }
    return type(old)(**kept, **new)


def _name(row: Rated) -> str:
    return row.organization.code if isinstance(row, OrganizationRating) else row.member.full_name


def _hold_rules(made: Collection[MemberRating], standing: Mapping[int, MemberRating]) -> None:
    """What the scheme forbids stays forbidden; where it asks for a reason, the correction's own answers."""
    for period in {row.period_id: row.period for row in standing.values()}.values():
        lines = [line for line in made if line.period_id == period.pk]
        known, book = know({line.member_id for line in lines}, period, period.cutoff), RuleBook(period.scheme)
        names = {row.member_id: row.member.full_name for row in standing.values()}
        for line in lines:
            hold(book.of_line(line, known[line.member_id], period), names[line.member_id], answered=True)


def _check(row: Correction, old: Rated) -> None:
    of_organizations, scheme = isinstance(old, OrganizationRating), old.period.scheme
    rated = row.level is not None or row.points is not None
    if rated == (row.left_out is not None):
        raise Refused(f"{_name(old)}: chọn một mức xếp loại hoặc một lý do không xếp loại.")
    if not of_organizations and not old.on_roll:
        raise Refused(f"{_name(old)} không còn trong danh sách của chi bộ vào ngày chốt, không có mức để điều chỉnh.")
    if row.left_out and (
        row.left_out.scheme_id != scheme.pk
        or row.left_out.kind == Reason.Kind.CEILING
        or row.left_out.of_organizations != of_organizations
    ):
        raise Refused(f"Lý do “{row.left_out}” không dùng được ở đây.")
    if of_organizations and row.level not in (None, 1, 2, 3, 4):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")
    if not of_organizations:
        check_level(row.level, row.points, scheme)
    if row.exemplary and not (of_organizations and row.level == 1):
        raise Refused(f"{_name(old)}: tiêu biểu chỉ chọn trong số tổ chức đạt mức cao nhất.")


def _of_organization(row: Correction, old: OrganizationRating, change: Change) -> dict[str, Any]:
    return {"level": row.level, "exemplary": row.exemplary, "decision": change.document}


def _of_member(row: Correction, old: MemberRating) -> dict[str, Any]:
    """What the cell proposed is kept beside the new level; who is left out has neither."""
    level = row.level if row.points is None else old.period.scheme.rank_of(row.points)
    return {"decided": level, "points": row.points, "proposed": None if row.left_out else old.proposed or level}


def corrections(period: Period, organizations: Nodes | None = None) -> list[tuple[Rated | None, Rated]]:
    """[(old row, new row)] of all that was corrected since the lock of `period`, latest first. Four queries.

    `organizations`: ids or a queryset of them, when only theirs are wanted.
    """
    pairs: list[tuple[Rated | None, Rated]] = []
    if not period.locked_id:
        return pairs
    for model, key in ((MemberRating, "member_id"), (OrganizationRating, "organization_id")):
        rows = model.objects.filter(period=period)
        if organizations is not None:
            rows = rows.filter(organization__in=organizations)
        new = rows.filter(added__gt=period.locked_id, added__verb=RatingVerb.CORRECT).select_related(
            "organization", "reason", "added__document", "added__by", *(["member"] if model is MemberRating else [])
        )
        old = rows.filter(voided__gt=period.locked_id).select_related("reason")
        old = {(row.voided_id, getattr(row, key)): row for row in old}
        pairs += [(old.get((row.added_id, getattr(row, key))), row) for row in new]
    return sorted(pairs, key=lambda pair: -pair[1].added_id)
