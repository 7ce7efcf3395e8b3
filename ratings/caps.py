"""The cap on the top level, held in each grassroots organization (domain §2.3)."""

from decimal import ROUND_FLOOR, Decimal

from django.db.models import Count, Q

from organizations import lineage

from .models import Cap, MemberRating, OrganizationRating


def places(percent, base):
    """How many may stand at the top: floor(percent · base)."""
    return int((Decimal(percent) * base / 100).to_integral_value(ROUND_FLOOR))


def over_cap(period_id, cells, day):
    """A sentence naming the first grassroots organization above `cells` that is over its cap, or ""."""
    cap = Cap.objects.filter(scheme__period=period_id, limits=Cap.Limits.MEMBERS, enabled=True).first()
    if cap is None:
        return ""
    roofs = OrganizationRating.objects.filter(
        period=period_id, voided__isnull=True, tier=OrganizationRating.Tier.GRASSROOTS
    ).values("organization")
    above = lineage.Lineage.objects.on(day).filter(organization__in=cells, ancestor__in=roofs)
    for roof in above.values_list("ancestor_id", flat=True).distinct():
        line = MemberRating.objects.filter(
            period=period_id,
            voided__isnull=True,
            on_roll=True,
            reason__isnull=True,
            organization__in=lineage.below([roof], day),
        )
        # An undecided member in scope counts in the base as "hoàn thành tốt" until decided.
        counted = line.aggregate(
            top=Count("pk", filter=Q(decided=1)),
            low=Count("pk", filter=Q(decided__gt=2)),
            total=Count("pk"),
        )
        base = {
            Cap.Base.ALL: counted["total"],
            Cap.Base.TOP_TWO: counted["total"] - counted["low"],
            Cap.Base.SECOND: counted["total"] - counted["low"] - counted["top"],
        }[cap.base]
        if counted["top"] > (most := places(cap.percent, base)):
            name = lineage.names([roof], day)[roof].name
            return (
                f"{name} có {counted['top']} đảng viên hoàn thành xuất sắc, vượt {most} suất cho phép "
                f"({cap.percent.normalize():f}% của {base}). Muốn giữ nguyên phải nêu lý do."
            )
    return ""
