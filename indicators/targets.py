"""Verbs of what the committee chooses: groups and indicators of a year, copied from the last, and their targets."""

import json
from decimal import Decimal
from pathlib import Path

from ledger.acts import Refused, act, void

from .models import Indicator, Target, TargetGroup

EIGHT_GROUPS = Path(__file__).parent / "data" / "eight_groups.json"


def eight_groups(year):
    """The groups a bloc usually sets (domain §6), as they read in `year`: the start of an empty installation."""
    groups = json.loads(EIGHT_GROUPS.read_text(encoding="utf-8"))
    return [g for g in groups if g.get("since", year) <= year <= g.get("until", year)]


def set_groups(year, groups, *, by, on, document=None, reason=""):
    """Sets the groups of a year that has none. `groups`: [{code, name, indicators: [columns of Indicator]}]."""
    with act(f"Đặt nhóm chỉ tiêu năm {year}", by=by, on=on, document=document, reason=reason):
        if TargetGroup.objects.filter(year=year).exists():
            raise Refused(f"Năm {year} đã có nhóm chỉ tiêu.")
        for order, group in enumerate(groups, start=1):
            row = TargetGroup.objects.create(year=year, order=order, code=group["code"], name=group["name"])
            for columns in group["indicators"]:
                indicator = Indicator(group=row, **columns)
                indicator.full_clean(exclude=["group"])
                indicator.save()


def copy_groups(year, *, by, on, document=None, reason=""):
    """Sets the groups of `year` as they stood in the latest year before it; targets are not copied."""
    last = TargetGroup.objects.filter(year__lt=year).order_by("-year").values_list("year", flat=True).first()
    if last is None:
        raise Refused(f"Trước năm {year} chưa có năm nào để sao chép nhóm chỉ tiêu.")
    columns = [f.attname for f in Indicator._meta.concrete_fields if f.name not in ("id", "group")]
    groups = [
        {"code": g.code, "name": g.name, "indicators": list(g.indicators.values(*columns))}
        for g in TargetGroup.objects.filter(year=last).prefetch_related("indicators")
    ]
    set_groups(year, groups, by=by, on=on, document=document, reason=reason)


def set_targets(rows, *, by, on, document=None, reason=""):
    """`rows`: {(Indicator, Organization): value, or None to withdraw}. The old value is voided, never overwritten."""
    with act("Giao chỉ tiêu", by=by, on=on, document=document, reason=reason) as change:
        for (indicator, organization), value in rows.items():
            _check(indicator, organization, value)
        indicators = {indicator.pk for indicator, _ in rows}
        wanted = {(i.pk, o.pk): None if v is None else Decimal(v) for (i, o), v in rows.items()}
        stored = Target.objects.filter(indicator__in=indicators, voided__isnull=True)
        old = {(t.indicator_id, t.organization_id): t for t in stored.select_for_update(of=("self",))}
        gone = [old[key].pk for key, value in wanted.items() if key in old and old[key].value != value]
        void(Target.objects.filter(pk__in=gone), change)
        Target.objects.bulk_create(
            Target(indicator_id=i, organization_id=o, value=value, added=change)
            for (i, o), value in wanted.items()
            if value is not None and ((i, o) not in old or old[i, o].value != value)
        )


def _check(indicator, organization, value):
    if value is None:
        return
    if Decimal(value) < 0:
        raise Refused(f"{indicator.name} ({organization.code}): mức giao không được âm.")
    if indicator.kind == Indicator.Kind.RATIO and Decimal(value) > 100:
        raise Refused(f"{indicator.name} ({organization.code}): tỷ lệ không vượt quá 100%.")
    if indicator.kind == Indicator.Kind.COUNT and Decimal(value) != int(Decimal(value)):
        raise Refused(f"{indicator.name} ({organization.code}): số lượng là số nguyên.")


def pass_on(predecessor, successor, year, *, by, on, document=None, reason=""):
    """Adds the counts set for an organization that ended to those of its successor; its rates are withdrawn."""
    rows = {}
    standing = Target.objects.filter(voided__isnull=True, indicator__group__year=year).select_related("indicator")
    theirs = {t.indicator_id: t.value for t in standing.filter(organization=successor)}
    for target in standing.filter(organization=predecessor):
        rows[target.indicator, predecessor] = None
        if target.indicator.kind == Indicator.Kind.COUNT:
            rows[target.indicator, successor] = theirs.get(target.indicator_id, 0) + target.value
    set_targets(rows, by=by, on=on, document=document, reason=reason)
