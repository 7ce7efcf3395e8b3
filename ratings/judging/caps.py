"""The cap on the top level, held in each grassroots organization across its cells (domain §2.3)."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from organizations import lineage
from ratings.models import COUNTED, Cap, MemberRating, OrganizationRating, Reason, Rule, Strength
from ratings.rolls import on_roll

BELOW_A_ROOF = (OrganizationRating.Tier.SECTION, OrganizationRating.Tier.CELL)


def places(percent, base):
    """How many may stand at the top: floor(percent · base)."""
    return int((Decimal(percent) * base / 100).to_integral_value(ROUND_FLOOR))


@dataclass(frozen=True)
class Places:
    """How the cap stands in one grassroots organization. `top`: at the top level; `base`: what the share is taken of."""

    cap: Cap
    name: str
    top: int
    base: int

    @property
    def most(self):
        return places(self.cap.percent, self.base)

    @property
    def left(self):
        return self.most - self.top

    @property
    def said(self):
        share = f"{self.cap.percent.normalize():f}% của {self.base}"
        return (
            f"{self.name} có {self.top} {self.cap.get_limits_display()} hoàn thành xuất sắc, vượt {self.most} suất "
            f"cho phép ({share})."
        )

    @property
    def forbidden(self):
        return f"{self.said} Quy tắc của kỳ không cho vượt; hãy chọn mức khác."

    @property
    def sentence(self):
        return f"{self.said} Muốn giữ nguyên phải nêu lý do."


def _base(cap, total, low, top):
    return {
        Cap.Base.ALL: total,
        Cap.Base.TOP_TWO: total - low,
        Cap.Base.SECOND: total - low - top,
    }[cap.base]


def _cap(scheme_id, limits):
    return Cap.objects.filter(scheme=scheme_id, limits=limits, enabled=True).first()


def places_of_members(period, cells, day):
    """{grassroots organization id: Places} of those above `cells` on `day`; empty where the scheme sets no cap.

    Levels count as decided, until then as proposed; who is in scope and not rated yet counts as "hoàn thành tốt"
    until the sheet is decided (design §6). Six queries.
    """
    cap = _cap(period.scheme_id, Cap.Limits.MEMBERS)
    if cap is None:
        return {}
    roofs = _roofs(period)
    above = lineage.Lineage.objects.on(day).filter(organization__in=cells, ancestor__in=roofs)
    ids = set(above.values_list("ancestor_id", flat=True))
    below, node = {lineage.above() + "__in": ids, **lineage.line_on(day)}, F(lineage.above())
    roll = on_roll(period, day).filter(**below).order_by().values_list(node).annotate(n=Count("pk"))
    rolls = dict(roll)
    left_out = Q(reason__kind=Reason.Kind.EXCLUDED) | Q(reason__isnull=False, sheet__state__in=COUNTED)
    lines = (
        MemberRating.objects.standing()
        .filter(**below, period=period, on_roll=True)
        .annotate(rank=Coalesce("decided", "proposed"))
        .order_by()
        .values_list(node)
        .annotate(
            top=Count("pk", filter=Q(rank=1)), low=Count("pk", filter=Q(rank__gt=2)), out=Count("pk", filter=left_out)
        )
    )
    counted = {roof: tally for roof, *tally in lines}
    names = lineage.names(ids, day)
    by_roof = {}
    for roof in sorted(ids):
        top, low, out = counted.get(roof, (0, 0, 0))
        base = _base(cap, rolls.get(roof, 0) - out, low, top)
        by_roof[roof] = Places(cap, names[roof].name, top, base)
    return by_roof


def _roofs(period):
    return (
        OrganizationRating.objects.standing()
        .filter(period=period, tier=OrganizationRating.Tier.GRASSROOTS)
        .values("organization")
    )


def places_of_organizations(period, tier, organizations, day):
    """{roof id: Places} of those above `organizations` (ids) on `day`; empty where the scheme sets no such cap.

    The roof of a cell or a section is the grassroots organization above it, where both are counted together; that of a
    grassroots organization the bloc. Only what is decided stands at a level; until then who is in scope counts as "hoàn thành tốt" (design §6).
    """
    cap = _cap(period.scheme_id, Cap.Limits.ORGANIZATIONS)
    if cap is None:
        return {}
    above = lineage.Lineage.objects.on(day).filter(organization__in=organizations)
    together = BELOW_A_ROOF if tier in BELOW_A_ROOF else (tier,)
    if tier in BELOW_A_ROOF:
        above = above.filter(ancestor__in=_roofs(period))
    else:
        above = above.filter(ancestor__in=lineage.blocs(day).order_by().values("organization"))
    ids = set(above.values_list("ancestor_id", flat=True))
    rows = (
        OrganizationRating.objects.standing()
        .filter(period=period, tier__in=together)
        .filter(**{lineage.above() + "__in": ids}, **lineage.line_on(day))
        .order_by()
        .values_list(lineage.above())
        .annotate(
            all=Count("pk", filter=Q(reason__isnull=True)),
            top=Count("pk", filter=Q(level=1)),
            low=Count("pk", filter=Q(level__gt=2)),
        )
    )
    names = lineage.names(ids, day)
    by_roof = {node: Places(cap, names[node].name, top, _base(cap, total, low, top)) for node, total, top, low in rows}
    return dict(sorted(by_roof.items()))


def strength_of_cap(period):
    """How strong the scheme makes its caps: BLOCK, ASK or NOTE; NOTE where no rule says."""
    rules = Rule.objects.filter(scheme=period.scheme_id, code=Rule.Code.CAP, enabled=True)
    strengths = set(rules.values_list("strength", flat=True))
    return next((s for s in (Strength.BLOCK, Strength.ASK) if s in strengths), Strength.NOTE)
