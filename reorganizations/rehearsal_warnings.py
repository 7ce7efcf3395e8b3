"""What a rehearsal warns of: offices that end or are wanting, periods that stop, numbers of staff that nobody takes over,
organizations of an unusual size.
"""

from members.roll.sizes import warnings
from organizations import lineage, offices
from organizations.models import Organization
from organizations.staff.numbers import ended_with
from ratings.models import Period


def warn(ids, *, day):
    """Sentences about those of `ids`: the offices that end with them, who has none yet, and unusual sizes on `day`."""
    sentences = []
    if ending := offices.ended_with(ids, day):
        sentences.append(f"Phân công kết thúc theo tổ chức: {'; '.join(map(_office, ending))}.")
    if without := offices.without_office(ids, day):
        names = "; ".join(f"{spell.organization.code} · {spell.name}" for spell in without)
        sentences.append(f"Chưa có ai được phân công ở tổ chức mới lập: {names}. Quản trị viên phân công sau khi ghi.")
    stopped = Period.objects.standing().filter(locked__isnull=True, cutoff__gte=day, bloc__in=ids)
    sentences += map(
        _stopped, stopped.exclude(bloc__in=lineage.places(day).values("organization")).order_by("starts", "pk")
    )
    sentences += [_not_handed_on(count) for count in ended_with(ids, day)]
    return sentences + [note.sentence for note in warnings(Organization.objects.filter(pk__in=ids), day)]


def _not_handed_on(count):
    return (
        f"{count.organization.code} có số công chức, viên chức, người lao động năm {count.year} là {count.in_words}. Số này "
        "không tự chuyển sang nơi kế thừa; hãy xem lại số của nơi kế thừa sau khi ghi."
    )


def _stopped(period):
    return (
        f"Kỳ xếp loại {period.inline} của đảng bộ kết thúc dừng lại. Mỗi nơi nhận mở kỳ {period.inline} của mình; mức đã "
        "ghi được nêu lại ở phiếu mới để chi bộ xác nhận."
    )


def _office(row):
    return f"{row.user} ({row.get_role_display()}, {row.organization.code})"
