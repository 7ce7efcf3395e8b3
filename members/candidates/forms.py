"""Forms of the pipeline of admissions."""

from django import forms

from ledger.fields import CleanFormField, LinesFormField
from ledger.web.forms import ActForm, LightActForm
from ledger.web.opened import OpenedForm, carried
from members.identity.names import NamesForm
from members.identity.others_form import OthersForm
from members.identity.person_form import BirthDayField
from members.models import EthnicGroup, Sex, Stage
from members.register.consent_form import ConsentForm

from .amendments import texts

YES, NO = "co", "khong"
YES_OR_NO = [(YES, "Có"), (NO, "Không")]
CHOOSE = {"required": "Hãy chọn một trong các mục.", "invalid_choice": "Hãy chọn một trong các mục."}
STEP_DAYS = {
    Stage.CLASS: "Ngày học xong lớp",
    Stage.DOSSIER: "Ngày hồ sơ đủ",
    Stage.DECIDED: "Ngày quyết định kết nạp",
}


def yes_or_no(label):
    return forms.TypedChoiceField(
        label=label,
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        coerce=lambda value: value == YES,
        error_messages=CHOOSE,
    )


class CandidatePersonForm(OthersForm, NamesForm):
    """Who a candidate is."""

    others_label = "Đã xem: đây là người khác, hoặc người đã ra khỏi Đảng nay được giới thiệu lại"

    ho_ten = CleanFormField(label="Họ và tên", max_length=120, error_messages={"required": "Hãy nhập họ và tên."})
    ten_goi = CleanFormField(
        label="Tên gọi", max_length=40, required=False, help_text="Chỉ ghi khi tên gọi không phải từ cuối."
    )
    gioi = forms.ChoiceField(label="Giới tính", choices=Sex.choices, widget=forms.RadioSelect, error_messages=CHOOSE)
    ngay_sinh = BirthDayField(label="Ngày sinh")
    doan_vien = yes_or_no("Là đoàn viên thanh niên")

    NAMES = ("ho_ten", "ten_goi")
    field_order = ("ho_ten", "ten_goi", "chu_hoa")

    def person(self):
        """Fields of a CandidateRecord."""
        data = self.cleaned_data
        return {
            "full_name": data["ho_ten"],
            "given_name": data["ten_goi"],
            "sex": data["gioi"],
            "birth_date": data["ngay_sinh"],
            "youth": data["doan_vien"],
        }

    @staticmethod
    def initial_of(record):
        return {
            "ho_ten": record.full_name,
            "ten_goi": record.given_name,
            "gioi": record.sex,
            "ngay_sinh": record.birth_date,
            "doan_vien": YES if record.youth else NO,
        }


class RecommendForm(CandidatePersonForm, LightActForm):
    """A person a cell recommends. `cells`: spells of the cells to choose from; one alone is not asked for."""

    chi_bo = forms.ChoiceField(label="Chi bộ giới thiệu", error_messages=CHOOSE)

    def __init__(self, data, *, cells, labels):
        super().__init__(data)
        self.cells = {spell.organization.code: spell.organization for spell in cells}
        names = [(spell.organization.code, labels[spell.organization_id]) for spell in cells]
        self.fields["chi_bo"].choices = names if len(names) == 1 else [("", "Chọn chi bộ"), *names]
        if len(names) == 1:
            self.fields["chi_bo"].widget = forms.HiddenInput()
            self.initial["chi_bo"] = names[0][0]
        self.fields["tu_ngay"].label = "Ngày giới thiệu"
        self.order_fields(["chi_bo", *(name for name in self.fields if name != "chi_bo")])

    @property
    def cell(self):
        return self.cells[self.cleaned_data["chi_bo"]]


class AdvanceForm(LightActForm):
    """A step of a candidate; a decision comes with its paper. `buoc`: the step the form was opened at."""

    buoc = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data, *, stage):
        self.stage, self.needs_paper = stage, stage == Stage.DECIDED
        super().__init__(data, initial={"buoc": stage.value})
        self.fields["tu_ngay"].label = STEP_DAYS[stage]


class CeremonyForm(OthersForm, ConsentForm, ActForm):
    """The admission itself, with what the register needs beyond the pipeline."""

    dan_toc = forms.ModelChoiceField(
        label="Dân tộc", queryset=EthnicGroup.objects.all(), empty_label="Chọn dân tộc", error_messages=CHOOSE
    )
    doan_vien = yes_or_no("Là đoàn viên thanh niên vào ngày làm lễ")

    LAST = (*ActForm.LAST[:-1], *ConsentForm.CONSENT, "ly_do")

    def __init__(self, data, *, record, paper):
        initial = {"doan_vien": YES if record.youth else NO}
        if paper:
            initial |= {"so": paper.number, "ngay": paper.date, "co_quan": paper.issuer}
        super().__init__(data, initial=initial)
        self.fields["tu_ngay"].label = "Ngày làm lễ kết nạp"
        self.ask_only_of(record)


class StopForm(LightActForm):
    cach = forms.TypedChoiceField(
        label="Ra khỏi nguồn vì",
        choices=[(stage.value, stage.label) for stage in (Stage.STOPPED, Stage.WITHDRAWN)],
        widget=forms.RadioSelect,
        coerce=int,
        error_messages=CHOOSE,
    )

    def __init__(self, data):
        super().__init__(data)
        self.fields["tu_ngay"].label = "Từ ngày"
        self.fields["ly_do"].required = True
        self.fields["ly_do"].label = "Lý do"
        self.fields["ly_do"].error_messages["required"] = "Hãy ghi lý do."


class WhyForm(forms.Form):
    ly_do = LinesFormField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do."},
    )


class UndoStepForm(WhyForm):
    """`viec_so`: the act that the page showed as the latest."""

    viec_so = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data, *, change):
        super().__init__(data, initial={"viec_so": change and change.pk})


class AmendForm(OpenedForm, CandidatePersonForm, WhyForm):
    def __init__(self, data, *, record):
        super().__init__(data, initial=self.initial_of(record) | {"luc_mo": carried(texts(record))})
        self.order_fields(["ho_ten", "ten_goi", "chu_hoa", "gioi", "ngay_sinh", "doan_vien", "ly_do"])
