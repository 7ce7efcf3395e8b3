from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from ledger.fields import CodeFormField
from ledger.numbers import group, read_number
from ledger.web.forms import LightActForm
from ledger.web.opened import OpenedForm, carried
from organizations.staff.counts import StaffRow, texts

MOST = 10**9
FIELDS = {
    "cong_chuc": "civil_servants",
    "vien_chuc": "public_employees",
    "nguoi_lao_dong": "workers",
    "tong_so": "total",
}


class PeopleField(forms.CharField):
    """A number of people as offices write it, 1200 or 1.200; None where it is left empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value):
        try:
            number = read_number(value)
        except ValueError:
            number = Decimal(-1)
        if number is None:
            return None
        if number != number.to_integral_value() or not 0 <= number < MOST:
            raise ValidationError("Hãy nhập một số nguyên, ví dụ 85 hoặc 1.200.")
        return int(number)


class StaffForm(OpenedForm, LightActForm):
    """The staff of one organization in one year. `count`: the StaffCount that stands, or None; `today`: the day offered."""

    so = CodeFormField(label="Số, ký hiệu văn bản", max_length=80)
    cong_chuc = PeopleField(label="Công chức", required=False)
    vien_chuc = PeopleField(label="Viên chức", required=False)
    nguoi_lao_dong = PeopleField(
        label="Người lao động", required=False, help_text="Không có ai thì ghi 0; chưa biết thì để trống."
    )
    tong_so = PeopleField(
        label="Tổng số", required=False, help_text="Đã ghi đủ ba số trên thì để trống: tổng số được cộng lấy."
    )
    tren = forms.BooleanField(
        label="Chỉ biết là trên số này",
        required=False,
        help_text="Khi báo cáo chỉ nói “trên 5.000”: ghi tổng số 5.000 và đánh dấu ở đây. Khi đó không tính tỷ lệ.",
    )

    def __init__(self, data, *, count, today):
        super().__init__(data, initial={"tu_ngay": today, "luc_mo": carried(texts(count)), **_initial(count)})
        self.fields["tu_ngay"].label = "Ngày ghi nhận"
        self.order_fields([*FIELDS, "tren", *self.LAST])

    def row(self, organization, year):
        data = self.cleaned_data
        numbers = {column: data[name] for name, column in FIELDS.items()}
        return StaffRow(organization=organization, year=year, at_least=data["tren"], **numbers)


def _initial(count):
    """What stands, as it is typed; a total that is the sum of the three is not typed."""
    if count is None:
        return {}
    values = {name: getattr(count, column) for name, column in FIELDS.items()}
    if None not in (values["cong_chuc"], values["vien_chuc"], values["nguoi_lao_dong"]):
        values["tong_so"] = None
    return {name: "" if n is None else group(n) for name, n in values.items()} | {"tren": count.at_least}
