"""What must hold of closings: both checks of design §5, for every one that stands."""

from django.urls import reverse

from ledger.soundness import Finding, check

from .models import Closing
from .since import Since


def _standing():
    return Closing.objects.filter(voided__isnull=True).select_related("period")


def _page(since):
    figures = since.figures
    root = next((code for code, place in sorted(figures["organizations"].items()) if not place["parent"]), None)
    return reverse("closing", args=[root, figures["year"]]) if root else ""


@check("Bản chốt số liệu còn nguyên như lúc chốt")
def closings_are_intact():
    for closing in _standing():
        if not Since(closing).intact:
            yield Finding(f"{closing}: nội dung không còn khớp với mã kiểm tra.")


@check("Số liệu đã chốt tính lại được như lúc chốt")
def closings_recompute():
    for closing in _standing():
        since = Since(closing)
        if since.intact:
            for measure, code in since.wrong:
                yield Finding(f"{closing}: {measure} ở {code} tính lại không khớp.", _page(since))


@check("Mọi khác biệt so với số đã chốt đều có việc đã ghi làm căn cứ")
def differences_are_named():
    for closing in _standing():
        since = Since(closing)
        _ = since.intact and since.named
        for measure, code, pk in since.unexplained:
            yield Finding(f"{closing}: {measure} ở {code}, dòng {pk} đổi mà không có việc nào được ghi.", _page(since))
