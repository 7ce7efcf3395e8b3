"""What of people's records rests on a paper, for those to whom the whole record is open."""

from django.urls import reverse

from ledger.models import Document
from ledger.web.finding import Hit, Resting, told
from members.models import (
    Admission,
    Amendment,
    BadgeAward,
    Discipline,
    Extension,
    Membership,
    Merger,
    Officialization,
    Post,
    Status,
    TransferOffer,
)
from members.visibility import last_seen_of

from .history import TELLINGS, names_of

OF_PEOPLE = {
    Admission: "Kết nạp",
    Officialization: "Công nhận chính thức",
    Extension: "Gia hạn dự bị",
    Membership: "Nơi sinh hoạt đảng",
    TransferOffer: "Chuyển sinh hoạt",
    Status: "Trạng thái",
    Post: "Chức vụ đảng",
    Discipline: "Kỷ luật",
    BadgeAward: "Huy hiệu Đảng",
    Amendment: "Sửa hồ sơ",
    Merger: "Gộp hồ sơ",
}


def resting(user):
    """[Resting] of all that is recorded about people."""
    known = last_seen_of(user)
    return [_of(model, label, known) for model, label in OF_PEOPLE.items()]


def _of(model, label, known):
    own = [field.name for field in model._meta.concrete_fields if field.related_model is Document]
    rows = told(model.objects.all() if known is None else model.objects.filter(known))
    rows = rows.select_related("member", "added__document", *own)
    return Resting(label, rows, ("added__document", *own), lambda found, paper: _told(model, found, paper))


def _told(model, rows, paper):
    names = names_of({one: rows if one is model else [] for one in TELLINGS})
    return [Hit(str(row.member), reverse("member", args=[row.member_id]), [_said(row, names, paper)]) for row in rows]


def _said(row, names, paper):
    """A membership that the paper ended says how it ended."""
    telling = TELLINGS[type(row)]
    ended = isinstance(row, Membership) and row.exit and paper.pk in (row.exit_decision_id, row.added.document_id)
    return telling.changed(row, names) if ended else telling.began(row, names)
