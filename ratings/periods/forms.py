from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlencode

from ledger import clock
from ledger.fields import CleanFormField
from ledger.web.filter_chips import Chips
from ledger.web.forms import DayField
from ratings.models import Period, State

from .periods import last_year_to_open

EARLIEST = 2008


LATE = [("", "Tất cả"), ("qua", "Quá hạn"), ("cap-duoi", "Quá hạn ở chi bộ, đảng ủy")]
TO_APPROVE = ("cho-duyet", "Chờ duyệt")  # both states that wait for a committee


class BoardForm(forms.Form):
    """Query string of the bloc's board: state, grassroots organization, whether the deadline has passed."""

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[*State.choices, TO_APPROVE])
    co_so = forms.ChoiceField(label="Tổ chức cơ sở đảng", required=False, widget=forms.RadioSelect)
    han = forms.ChoiceField(label="Hạn", required=False, choices=LATE)

    def __init__(self, data, *, roofs):
        """`roofs`: spells of the grassroots organizations there are."""
        super().__init__(data)
        self.fields["co_so"].choices = [("", "Tất cả"), *((s.organization.code, s.name) for s in roofs)]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "“%(value)s” không có trong danh sách; đang hiện tất cả."

    def keeps(self, row, **instead):
        """Whether a Progress is among those asked for, or that would be asked for with `instead`."""
        wanted = self.cleaned_data | instead
        return (
            (wanted.get("trang_thai") or row.sheet.state) in _asked_as(row.sheet.state)
            and wanted.get("co_so", "") in ("", row.roof.organization.code)
            and {"qua": row.is_late, "cap-duoi": row.is_late_below}.get(wanted.get("han"), True)
        )

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())


def _asked_as(state):
    """The values of `trang_thai` that keep a sheet in `state`."""
    return {state, TO_APPROVE[0]} if state in (State.SUBMITTED, State.ENDORSED) else {state}


@dataclass(frozen=True)
class QuickFilter:
    """A filter of one press: `words`, how many sheets it shows, its query string, whether it is the one that acts."""

    words: str
    n: int
    query: str
    acts: bool


class BoardFilter(Chips):
    """The filters of the board: those of one press (`quick`), and the organization behind a button."""

    FREQUENT = ("co_so",)
    QUICK = (
        ("Tất cả", {"trang_thai": "", "han": ""}),
        ("Chưa nộp", {"trang_thai": State.DRAFT, "han": ""}),
        (TO_APPROVE[1], {"trang_thai": TO_APPROVE[0], "han": ""}),
        ("Đã quyết định", {"trang_thai": State.DECIDED, "han": ""}),
        ("Đã tiếp nhận", {"trang_thai": State.ACCEPTED, "han": ""}),
        ("Quá hạn", {"trang_thai": "", "han": "qua"}),
    )

    LATER = ("Đã tiếp nhận",)  # offered once there are any

    def __init__(self, form, rows):
        """`rows`: [Progress] of all there are."""
        self.form = form
        self.form.is_valid()
        quick = [self._quick(words, asked, rows) for words, asked in self.QUICK]
        self.quick = [one for one in quick if one.n or one.acts or one.words not in self.LATER]

    @property
    def more(self):
        return []

    @property
    def kept(self):
        """[(name, value)] of what the button of the organization must not lose."""
        asked = self.form.cleaned_data
        return [(name, asked[name]) for name in ("trang_thai", "han") if asked.get(name)]

    def _quick(self, words, asked, rows):
        now = self.form.cleaned_data
        query = {"co_so": now.get("co_so", "")} | asked
        acts = all(now.get(name, "") == value for name, value in asked.items())
        n = sum(self.form.keeps(row, **asked) for row in rows)
        return QuickFilter(words, n, urlencode({name: value for name, value in query.items() if value}), acts)


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
