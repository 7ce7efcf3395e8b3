from django import forms
from django.core.exceptions import ValidationError

from ledger import clock
from ledger.fields import CleanFormField
from ledger.web.forms import DayField
from ratings.models import Period, State

EARLIEST = 2008


class BoardForm(forms.Form):
    """Query string of the bloc's board: state, grassroots organization, whether the deadline has passed."""

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *State.choices])
    co_so = forms.ChoiceField(label="Tổ chức cơ sở đảng", required=False)
    han = forms.ChoiceField(label="Hạn", required=False, choices=[("", "Tất cả"), ("qua", "Quá hạn")])

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
            and (not wanted.get("han") or row.is_late)
        )

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())


class OpenForm(forms.Form):
    """Which period of `bloc` to open: a year (`quarter` None) or one of its quarters."""

    year = forms.IntegerField(label="Năm", min_value=EARLIEST)
    quarter = forms.TypedChoiceField(
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
        last = clock.today().year
        field = self.fields["year"]
        said = f"Hãy nhập năm từ {EARLIEST} đến {last}."
        field.error_messages |= {"required": said, "invalid": said, "min_value": said}
        field.widget.attrs |= {"max": last}

    def clean_year(self):
        year, last = self.cleaned_data["year"], clock.today().year
        if year > last:
            raise ValidationError(f"Năm {year} chưa đến. Hãy nhập năm từ {EARLIEST} đến {last}.")
        return year

    def clean(self):
        data = super().clean()
        wanted = {"year": data.get("year"), "quarter": data.get("quarter")}
        periods = Period.objects.standing().filter(**wanted, bloc=self.bloc)
        there = periods.first() if wanted["year"] else None
        if there and not self.errors:
            raise ValidationError(f"Kỳ xếp loại {there.inline} đã được mở. Hãy chọn kỳ khác.")
        return data


class DeadlinesForm(forms.Form):
    """The three deadlines of one period, with the reason for changing them."""

    cell_due = DayField(label="Hạn của chi bộ")
    committee_due = DayField(label="Hạn của đảng ủy cơ sở")
    bloc_due = DayField(label="Hạn của Khối")
    why = CleanFormField(label="Lý do đổi hạn (nếu có)", required=False, max_length=300)

    DAYS = ("cell_due", "committee_due", "bloc_due")

    def __init__(self, data, *, period):
        super().__init__(data, initial={name: getattr(period, name) for name in self.DAYS})
        self.period = period

    @property
    def days(self):
        """{column: date}, as the verb takes them."""
        return {name: self.cleaned_data[name] for name in self.DAYS}


class LockForm(forms.Form):
    sure = forms.BooleanField(
        label="Tôi đã xem lại: sau khi khóa chỉ còn ghi điều chỉnh bổ sung",
        error_messages={"required": "Hãy đánh dấu vào ô xác nhận rồi khóa kỳ."},
    )
