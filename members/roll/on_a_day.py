"""The roll of an organization on a day, and how it came from one day to another (domain §3.3)."""

from collections import Counter

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, When

from members.models import Admission, Membership, Officialization, Status, age_on
from organizations import lineage

AGE_BANDS = ((18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, None))  # domain §4.2


def roll(organization, day):
    """Memberships of all who stood on the roll below `organization` on `day`, sorted by name.

    Each carries what `as_of` adds.
    """
    rows = below(organization, day).select_related("member", "member__ethnic_group", "organization")
    return as_of(rows, day).order_by("member__sort_key", "member_id")


def as_of(memberships, day):
    """`memberships`, each with dates or None and a status, all as of `day`.

    `joined_on`: "vào Đảng", the ceremony of the last admission; `decided_on`: "quyết định kết nạp", its decision;
    `ceremony_on`: from which probation is counted (as `counted_from`); `official_on`; `status`: Status.Kind or None, the
    first of several.
    """
    member = OuterRef("member_id")
    official = Officialization.objects.standing().filter(member=member, on__lte=day).order_by("-on")
    admitted = Admission.objects.standing().filter(member=member, ceremony__lte=day)
    admitted = admitted.order_by(Case(When(kind=Admission.Kind.RESTORED, then=1), default=0), "-ceremony")
    joined = joinings(day).filter(member=member).order_by("-ceremony")
    status = Status.objects.on(day).filter(member=member).order_by("kind")
    return memberships.annotate(
        official_on=Subquery(official.values("on")[:1], output_field=DateField()),
        joined_on=Subquery(joined.values("ceremony")[:1], output_field=DateField()),
        decided_on=Subquery(joined.values("decided")[:1], output_field=DateField()),
        ceremony_on=Subquery(admitted.values("ceremony")[:1], output_field=DateField()),
        status=Subquery(status.values("kind")[:1]),
    )


def joinings(day):
    """Admissions up to `day` by which people came into the Party: rights given back are none."""
    rows = Admission.objects.standing().filter(ceremony__lte=day)
    return rows.exclude(kind=Admission.Kind.RESTORED)


def below(organization, day):
    """Memberships that hold on `day` in the subtree of `organization` as it was that day."""
    return Membership.objects.on(day).filter(**{lineage.above(): organization}, **lineage.line_on(day))


# Conditions on the rows of `roll`, which are one or the other: admitted and not official since, or official.
ON_PROBATION = Q(official_on__isnull=True) | Q(official_on__lt=F("ceremony_on"))
OFFICIAL = Q(official_on__isnull=False) & (Q(ceremony_on__isnull=True) | Q(official_on__gte=F("ceremony_on")))


def is_probationary(row):
    """Whether a row of `roll` is ON_PROBATION."""
    return row.official_on is None or (row.ceremony_on is not None and row.official_on < row.ceremony_on)


def people(organization, day):
    """Counts of the roll for the people charts: {"bands": {(band, sex): n}, "ethnic": {(code, name): n},
    "education": …, "theory": …}.
    """
    counts = {name: Counter() for name in ("bands", "ethnic", "education", "theory")}
    rows = below(organization, day).values_list(
        "member__birth_date",
        "member__birth_precision",
        "member__sex",
        "member__ethnic_group__code",
        "member__ethnic_group__name",
        "member__qualification",
        "member__theory",
    )
    for born, precision, sex, code, ethnic, education, theory in rows:
        age = age_on(born, precision, day)
        band = next((b for b in AGE_BANDS if b[0] <= age and (b[1] is None or age <= b[1])), AGE_BANDS[0])
        counts["bands"][band, sex] += 1
        counts["ethnic"][code, ethnic] += 1
        counts["education"][education] += 1
        counts["theory"][theory] += 1
    return counts


def search(memberships, key):
    """Those whose folded name holds `key` (already folded)."""
    return memberships.filter(member__search_key__contains=key) if key else memberships
