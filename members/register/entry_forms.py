"""Forms that enter somebody new: an admission, and an arrival from another Party organization."""

from django import forms

from ledger.fields import CleanFormField
from ledger.web.forms import DayField
from members.identity.ages import OLDEST, is_too_old
from members.identity.others_form import OthersForm
from members.identity.person_form import PersonForm
from members.models import Entry
from members.place_field import PlaceField

from .arriving import Arrival, EarlierAdmission
from .consent_form import ConsentForm, consent


class EntryForm(OthersForm, PersonForm):
    """`cells`: [(Organization, label)] to choose from; `member`: the record written on, None for somebody new."""

    others_label = "Không phải, đây là người khác"
    takes_candidates = True

    chi_bo = forms.ChoiceField(label="Chi bộ", error_messages=PlaceField.default_error_messages)
    doan_vien = forms.BooleanField(label="Là đoàn viên khi kết nạp", required=False)
    ly_do = CleanFormField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, data, *, cells, member=None, initial=None):
        super().__init__(data, initial=initial)
        self.member, self.cells = member, {cell.code: cell for cell, _ in cells}
        choices = [(cell.code, label) for cell, label in cells]
        self.fields["chi_bo"].choices = choices if len(choices) == 1 else [("", "Chọn chi bộ"), *choices]
        if member:
            for name in self.PERSON:
                del self.fields[name]

    @property
    def other_fields(self):
        return [field for field in super().other_fields if field.name != "ly_do"]

    @property
    def note_fields(self):
        return self._group(["ly_do"])

    @property
    def may_stay_empty(self):
        """Labels of what is not asked for, but for the consent, which has its own place: "Tôn giáo; Số thẻ đảng viên"."""
        asked = [*self.person_fields, *self.other_fields, *self.paper_fields, *self.note_fields]
        left = [box for box in asked if not box.field.required and not box.is_hidden and box.widget_type != "checkbox"]
        return "; ".join(box.label.partition(" (")[0] for box in left)

    def cell(self):
        return self.cells[self.cleaned_data["chi_bo"]]

    def whom(self):
        return self.member or self.person()


class AdmissionForm(ConsentForm, EntryForm):
    """The decision is the paper: its date is the day of the decision."""

    ngay_le = DayField(label="Ngày làm lễ kết nạp")
    hinh_thuc = forms.ChoiceField(label="Hình thức")
    quyet_dinh_truoc = DayField(label="Ngày quyết định kết nạp trước đây", required=False)
    ngay_le_truoc = DayField(label="Ngày làm lễ kết nạp trước đây", required=False)
    chinh_thuc_truoc = DayField(
        label="Ngày công nhận chính thức trước đây",
        required=False,
        help_text="Bỏ trống nếu khi ra khỏi danh sách còn dự bị.",
    )

    ra_truoc = DayField(
        label="Ra khỏi Đảng từ ngày", required=False, help_text="Chỉ ghi khi kết nạp lại: thời gian ở ngoài không tính."
    )

    BEFORE = ("quyet_dinh_truoc", "ngay_le_truoc", "chinh_thuc_truoc", "ra_truoc")
    # What of the earlier admission must be told once something of it is, or always for who is restored.
    TOLD = {Entry.RESTORED: BEFORE[:2], Entry.READMITTED: ("quyet_dinh_truoc", "ngay_le_truoc", "ra_truoc")}
    ANEW = [(Entry.READMITTED, Entry.READMITTED.label), (Entry.RESTORED, Entry.RESTORED.label)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first = [] if self.member else [(Entry.ADMITTED, Entry.ADMITTED.label)]
        self.fields["hinh_thuc"].choices = first + self.ANEW
        self.fields["so"].label, self.fields["ngay"].label = "Số quyết định kết nạp", "Ngày quyết định"
        for name in self.BEFORE if self.member else ():
            del self.fields[name]
        own = ["chi_bo", "hinh_thuc", "ngay_le", "doan_vien"]
        self.order_fields([*self.PERSON, *own, *self.PAPER, *self.BEFORE, *self.CONSENT, "ly_do"])

    def clean(self):
        data = super().clean()
        how = None if self.member else data.get("hinh_thuc")
        typed = any(data.get(name) for name in self.BEFORE)
        for name in self.TOLD.get(how, ()) if typed or how == Entry.RESTORED else ():
            if name not in self.errors and not data.get(name):
                self.add_error(name, "Hãy ghi ngày này: tuổi Đảng tính từ lần kết nạp trước đây.")
        unwanted = {Entry.RESTORED: ("ra_truoc",), Entry.READMITTED: ()}.get(how, self.BEFORE)
        for name in unwanted:
            if data.get(name):
                self.add_error(name, "Ngày này không ghi với hình thức đã chọn. Hãy chọn lại hình thức, hoặc bỏ trống.")
        return data

    def _before(self):
        data = self.cleaned_data
        if not data.get("ngay_le_truoc"):
            return None
        return EarlierAdmission(
            decided=data["quyet_dinh_truoc"],
            ceremony=data["ngay_le_truoc"],
            official=data["chinh_thuc_truoc"],
            left=data["ra_truoc"],
        )

    @property
    def other_fields(self):
        return [field for field in super().other_fields if field.name not in (*self.BEFORE, *self.CONSENT)]

    @property
    def before_fields(self):
        return self._group(self.BEFORE)

    @property
    def tells_before(self):
        """Whether something of the earlier admission was typed, or is wanting."""
        return any(field.errors or field.value() for field in self.before_fields)

    @property
    def consent_fields(self):
        return self._group(self.CONSENT)

    @property
    def wants_consent(self):
        """Whether something of the paper was typed, or whoever is entered is too old without it."""
        data = getattr(self, "cleaned_data", {})
        known = data.get("ngay_le") and (self.member or data.get("ngay_sinh"))
        return any(field.value() for field in self.consent_fields) or bool(known and is_too_old(self.whom(), self.day))

    @property
    def consent_title(self):
        return f"Khi người được kết nạp quá {OLDEST} tuổi"

    @property
    def day(self):
        return self.cleaned_data["ngay_le"]

    def arrival(self):
        data = self.cleaned_data
        return Arrival(
            member=self.whom(),
            organization=self.cell(),
            on=self.day,
            decided=data["ngay"],
            ceremony=self.day,
            youth=data["doan_vien"],
            entry=data["hinh_thuc"],
            consent=consent(data),
            before=self._before(),
        )


class ArrivalForm(EntryForm):
    """`known`: the standing Admission of a record written on; then its dates are not asked again."""

    tu_ngay = DayField(label="Sinh hoạt tại chi bộ từ ngày")
    quyet_dinh = DayField(label="Ngày quyết định kết nạp")
    ngay_le = DayField(label="Ngày làm lễ kết nạp")
    chinh_thuc = DayField(label="Ngày công nhận chính thức (bỏ trống nếu còn dự bị)", required=False)

    BEFORE = ("quyet_dinh", "ngay_le", "chinh_thuc", "doan_vien")

    def __init__(self, *args, known=None, official=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["so"].label = "Số giấy giới thiệu sinh hoạt đảng"
        self.fields["ngay"].label, self.fields["co_quan"].label = "Ngày giấy giới thiệu", "Nơi giới thiệu đến"
        for name in self.BEFORE if known else ():
            if name != "chinh_thuc" or official:
                del self.fields[name]
        self.order_fields([*self.PERSON, "chi_bo", "tu_ngay", *self.PAPER, *self.BEFORE, "ly_do"])

    @property
    def day(self):
        return self.cleaned_data["tu_ngay"]

    def arrival(self):
        data, known = self.cleaned_data, self.known
        return Arrival(
            member=self.whom(),
            organization=self.cell(),
            on=self.day,
            decided=known.decided if known else data["quyet_dinh"],
            ceremony=known.ceremony if known else data["ngay_le"],
            official=data.get("chinh_thuc"),
            youth=bool(data.get("doan_vien")),
            entry=Entry.ARRIVED,
        )
