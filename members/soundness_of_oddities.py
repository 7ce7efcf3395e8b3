"""What is unusual of people and may be right: it is to be looked at and never wrong by itself."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from ledger.numbers import day_in_words
from ledger.soundness import Finding, check

from .identity.names import capitalised, oddity
from .models import CandidateRecord, Member, Membership, Officialization
from .roll.probation_path import Path, paths


@check("Công nhận chính thức tính từ ngày hết thời gian dự bị, không muộn hơn", quick=False, certain=False)
def recognitions_are_not_late():
    """Of those who were on the roll then: what others decided before is written as it was."""
    rows = Officialization.objects.standing().select_related("member").order_by("pk")
    memberships = Membership.objects.standing().filter(member=OuterRef("member"), starts__lte=OuterRef("on"))
    rows = rows.filter(Exists(memberships.filter(ends__gt=OuterRef("on")).exclude(starts=OuterRef("on"))))
    ways = paths({row.member_id for row in rows})
    for row in rows:
        way = _without(ways[row.member_id], row.on)
        if way.is_late(row.on):
            yield Finding(
                f"{row.member}: chính thức từ {day_in_words(row.on)}. {way.end_in_words(row.on)} Quyết định chậm cũng tính từ "
                "ngày đó; hãy xem lại ngày, để nguyên nếu quyết định ghi rõ ngày muộn hơn.",
                reverse("member", args=[row.member_id]),
            )


def _without(way, day):
    """`way` as it was before the recognition of `day`."""
    return Path(way.ceremonies, tuple(was for was in way.officials if was != day), way.extensions)


@check("Họ tên viết hoa chữ đầu, không có chữ số hay dấu lạ", quick=False, certain=False)
def names_are_written_as_usual():
    for model, columns, page in (
        (Member, ("full_name", "birth_name"), "member"),
        (CandidateRecord, ("full_name",), "candidate"),
    ):
        pk = F("pk") if model is Member else F("candidate")
        labels = [model._meta.get_field(column).verbose_name for column in columns]
        rows = model.objects.standing().order_by("pk")
        for whose, *names in rows.values_list(pk, *columns):
            for label, name in zip(labels, names, strict=True):
                if what := oddity(name):
                    yield Finding(_asked(name, label, what), reverse(page, args=[whose]))


def _asked(name, label, what):
    usual = capitalised(name)
    offered = f" Thường viết là {usual}." if usual != name else ""
    return f"{name}: {label} {what}.{offered} Nếu gõ nhầm, hãy sửa ở hồ sơ; nếu đúng như vậy thì để nguyên."
