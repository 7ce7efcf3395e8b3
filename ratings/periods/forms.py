from django import forms
from django.core.exceptions import ValidationError

from ledger import clock
from ledger.fields import CleanFormField
from ledger.web.forms import DayField
from ratings.models import Period, State

from .periods import last_year_to_open

EARLIEST = 2008


LATE = [("", "Tất cả"), ("qua", "Quá hạn"), ("cap-duoi", "Quá hạn ở chi bộ, đảng ủy")]


class BoardForm(forms.Form):
    """Query string of the bloc's board: state, grassroots organization, whether the deadline has passed."""

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *State.choices])
    co_so = forms.ChoiceField(label="Tổ chức cơ sở đảng", required=False)
    han = forms.ChoiceField(label="Hạn", required=False, choices=LATE)

    def __init__(self, data, *, roofs):
        """`roofs`: spells of the grassroots organizations there are."""
        super().__init__(data)
        self.fields["co_so"].choices = [("", "Tất cả"), *((s.organization.code, s.name) for s in roofs)]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "“%(value)s” không có trong danh sách; đang hiện tất cả."

    def keeps(self, row):
        """Whether a Progress is among those asked for."""
        wanted = self.cleaned_data
        return (
            wanted.get("trang_thai", "") in ("", row.sheet.state)
            and wanted.get("co_so", "") in ("", row.roof.organization.code)
            and {"qua": row.is_late, "cap-duoi": row.is_late_below}.get(wanted.get("han"), True)
        )

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())


class OpenForm(forms.Form):
    """Which period of `bloc` to open: a year (`quy` None) or one of its quarters."""

    nam = forms.IntegerField(label="Năm", min_value=EARLIEST)
    quy = forms.TypedChoiceField(
        label="Kỳ",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Cả năm"), *((n, f"Quý {n}") for n in (1, 2, 3, 4))],
        error_messages={"invalid_choice": "“%(value)s” không phải là kỳ. Hãy chọn cả năm hoặc một quý."},
    )

    def __init__(self, *args, bloc, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc = bloc
        last = self._last()
        field = self.fields["nam"]
        said = f"Hãy nhập năm từ {EARLIEST} đến {last}."
        field.error_messages |= {"required": said, "invalid": said, "min_value": said}
        field.widget.attrs |= {"max": last}

    @staticmethod
    def _last():
        return last_year_to_open(clock.today())

    def clean_nam(self):
        year, last = self.cleaned_data["nam"], self._last()
        if year > last:
            raise ValidationError(f"Năm {year} chưa đến. Hãy nhập năm từ {EARLIEST} đến {last}.")
        return year

    def clean(self):
        data = super().clean()
        year, quarter = data.get("nam"), data.get("quy")
        periods = Period.objects.standing().filter(year=year, quarter=quarter, bloc=self.bloc)
        there = periods.first() if year else None
        if there and not self.errors:
            raise ValidationError(f"Kỳ xếp loại {there.inline} đã được mở. Hãy chọn kỳ khác.")
        return data


class DeadlinesForm(forms.Form):
    """The three deadlines of one period, with the reason for changing them."""

    han_chi_bo = DayField(label="Hạn của chi bộ")
    han_dang_uy = DayField(label="Hạn của đảng ủy cơ sở")
    han_khoi = DayField(label="Hạn của Khối")
    ly_do = CleanFormField(label="Lý do đổi hạn (nếu có)", required=False, max_length=300)

    COLUMNS = {"cell_due": "han_chi_bo", "committee_due": "han_dang_uy", "bloc_due": "han_khoi"}

    def __init__(self, data, *, period):
        super().__init__(data, initial={field: getattr(period, column) for column, field in self.COLUMNS.items()})
        self.period = period

    @property
    def days(self):
        """{column: date}, as the verb takes them."""
        return {column: self.cleaned_data[field] for column, field in self.COLUMNS.items()}


class LockForm(forms.Form):
    xac_nhan = forms.BooleanField(
        label="Tôi đã xem lại: sau khi khóa chỉ còn ghi điều chỉnh bổ sung",
        error_messages={"required": "Hãy đánh dấu vào ô xác nhận rồi khóa kỳ."},
    )
