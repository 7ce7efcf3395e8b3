"""Where a record leads that was merged into another, and which were merged into one."""

from django.db.models import QuerySet

from members.models import Member, Merger


def heir_of(pk: int) -> int | None:
    """Id of the record that the merged record `pk` leads to; None for one that was not merged."""
    if pk.bit_length() > 63:  # the database counts no further
        return None
    heir, step = None, pk
    while step := Merger.objects.standing().filter(dropped=step).values_list("member_id", flat=True).first():
        heir = step
    return heir


def of_record(member: Member) -> QuerySet[Merger]:
    """Standing Mergers into `member`, latest first, with the record dropped and their act."""
    rows = Merger.objects.standing().filter(member=member).order_by("-pk")
    return rows.select_related("dropped", "added__by", "added__document")
