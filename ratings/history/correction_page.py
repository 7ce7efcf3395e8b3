"""How a correction is typed: the line, what it shall say, why, and by which paper."""

from functools import cached_property

from django import forms
from django.db import transaction

from ledger import clock
from ledger.acts import Refused
from ledger.fields import LinesFormField
from ledger.text import as_id
from ledger.web.forms import PaperForm
from members.identity.homonyms import tell_apart
from organizations import lineage
from organizations.access import Act, require_rating
from organizations.models import Kind
from ratings.inputs import PointsField
from ratings.judging.locking import Stale
from ratings.judging.words import Words
from ratings.models import MemberRating, OrganizationRating, Reason
from ratings.sheets.correct import Correction, correct, corrections

NOT_LOCKED = "Kỳ chưa khóa: chưa có gì để đính chính, hãy sửa trên phiếu."
MODELS = {"m": MemberRating, "t": OrganizationRating}


class CorrectionForm(PaperForm):
    """The new level (rank, or r and the id of a reason) or points of `row`, the reason and the paper."""

    moi = forms.ChoiceField(label="Mức mới", required=False)
    ly_do = LinesFormField(label="Lý do điều chỉnh", max_length=500, required=False)
    field_order = ["moi", "diem", "tieu_bieu", "ly_do", "so", "ngay", "co_quan"]

    def __init__(self, data, row, scheme, issuer):
        super().__init__(data, initial={"co_quan": issuer})
        of_organization = isinstance(row, OrganizationRating)
        reasons = scheme.reasons.filter(of_organizations=of_organization).exclude(kind=Reason.Kind.CEILING)
        self.reasons = {f"r{reason.pk}": reason for reason in reasons}
        by_points = scheme.by_points and not of_organization
        name = "organization_label" if of_organization else "member_label"
        levels = [] if by_points else [(str(level.rank), getattr(level, name)) for level in scheme.levels.all()]
        left_out = [(key, reason.label) for key, reason in self.reasons.items()]
        self.fields["moi"].choices = [
            ("", "Theo điểm ghi dưới đây" if by_points else "Chọn mức"),
            *([("Xếp loại", levels)] if levels else []),
            ("Không xếp loại", left_out),
        ]
        self.fields["moi"].error_messages["invalid_choice"] = "Mức này không có trong danh sách. Hãy chọn lại."
        if by_points:
            self.fields["diem"] = PointsField(label="Điểm mới (0 đến 100)", required=False)
        if of_organization:
            self.fields["tieu_bieu"] = forms.BooleanField(label="Tiêu biểu", required=False)
        self.order_fields(self.field_order)

    def correction(self, row):
        data = self.cleaned_data
        chosen = data["moi"]
        left_out = self.reasons.get(chosen)
        return Correction(
            row=row,
            level=int(chosen) if chosen and not left_out else None,
            points=data.get("diem"),
            left_out=left_out,
            exemplary=bool(data.get("tieu_bieu")),
        )


class CorrectionPage:
    """The page of corrections of an organization, for who may correct; 403 for everyone else.

    `chosen`: which line, m (member) or t (organization) and the id of its row; in what was sent it is `dong`.
    """

    def __init__(self, here, chosen, data=None):
        require_rating(Act.CORRECT, here.held)
        self.here, self.period = here, here.period
        self.words = Words(self.period.scheme)
        self.error, self.status = None, 200
        self.chosen = data.get("dong", "") if data is not None else chosen
        self.form = self._form(data)

    def _form(self, data):
        if not self.period.locked_id or self.row is None:
            return None
        return CorrectionForm(data, self.row, self.period.scheme, self.here.page.bloc.committee)

    @property
    def closed(self):
        return "" if self.period.locked_id else NOT_LOCKED

    def _scope(self):
        """Ids of the organizations whose ratings are corrected here: itself, and below a committee or the bloc."""
        if self.here.place.holds_members:
            return [self.here.organization.pk]
        return lineage.below([self.here.organization], self.here.day)

    def _rows(self, key):
        rows = MODELS[key].objects.filter(period=self.period, organization__in=self._scope())
        if key == "m":
            return rows.filter(on_roll=True).select_related("member", "organization").order_by("member__sort_key", "pk")
        if self.here.place.kind == Kind.KHOI:
            rows = rows.filter(tier=OrganizationRating.Tier.GRASSROOTS)
        return rows.select_related("organization").order_by("organization__code")

    @property
    def row(self):
        """The row chosen, or the one that has taken its place since; None where there is none here."""
        key, pk = self.chosen[:1], self.chosen[1:]
        if key not in MODELS or as_id(pk) is None:
            return None
        if key == "m" and not self.here.place.holds_members:
            return None
        return self._rows(key).filter(pk=int(pk)).first()

    def name(self, row):
        return f"đồng chí {self.called(row)}" if isinstance(row, MemberRating) else self.names[row.organization_id]

    @cached_property
    def names(self):
        ids = {row.organization_id for row in self._rows("t")}
        return {pk: spell.name for pk, spell in lineage.names(ids, self.here.day).items()}

    @cached_property
    def people(self):
        """{member id: what they are called} of those whose lines are corrected here."""
        members = {row.member_id: row.member for row in self._rows("m")} if self.here.place.holds_members else {}
        return {person.pk: person.called for person in tell_apart(members.values(), self.here.user)}

    def called(self, row):
        return self.people.get(row.member_id, row.member.full_name)

    def said(self, row):
        return self.words.member(row) if isinstance(row, MemberRating) else self.words.organization(row)

    @property
    def subject(self):
        """(name, what stands) of the row chosen."""
        row = self.row
        return (self.name(row), self.said(row))

    def lines(self):
        """[(address of the form, name, what stands)] of all that may be corrected here."""
        names = self.names
        keys = ("t", "m") if self.here.place.holds_members else ("t",)
        rows = [(key, row) for key in keys for row in self._rows(key).filter(voided__isnull=True)]
        return [
            (f"{key}{row.pk}", self.called(row) if key == "m" else names[row.organization_id], self.said(row))
            for key, row in rows
        ]

    def made(self):
        """[(name, old value, new value, Change)] of the corrections made here and below, latest first."""
        pairs = corrections(self.period, self._scope())
        places = lineage.labels({new.organization_id for _, new in pairs}, self.here.day)
        corrected = []
        for old, new in pairs:
            place, of_member = places[new.organization_id], isinstance(new, MemberRating)
            name = f"Đồng chí {self.called(new)}, {place}" if of_member else place
            corrected.append((name, self.said(old), self.said(new), new.added))
        return corrected

    def take(self):
        """Writes the correction; returns the sentence that says it is done, or None with `error` and `status` set."""
        try:
            self._check()
            with transaction.atomic():
                data = self.form.cleaned_data
                wanted = [self.form.correction(self.row)]
                correct(wanted, by=self.here.user, on=clock.today(), document=self.form.paper(), reason=data["ly_do"])
            return "Đã ghi đính chính. Số liệu liên quan cho thấy cả trước và sau."
        except Stale as stale:
            self.error, self.status = stale, 409
            self._follow()
        except Refused as refused:
            self.error, self.status = refused, 400
        return None

    def _check(self):
        if not self.period.locked_id:
            raise Refused(NOT_LOCKED)
        if self.form is None:
            raise Refused("Chưa chọn dòng cần đính chính. Hãy chọn trong danh sách dưới đây.")
        if not self.form.is_valid():
            raise Refused("Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại.")

    def _follow(self):
        """Turns to the row that another has put in the place of the one chosen."""
        old, key = self.row, self.chosen[:1]
        same = {"member": old.member_id} if key == "m" else {}
        now = self._rows(key).filter(organization=old.organization_id, voided__isnull=True, **same).first()
        self.chosen = f"{key}{now.pk}" if now else ""
