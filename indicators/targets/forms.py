from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from indicators.models import Indicator
from ledger.fields import CodeFormField
from ledger.text import number_text
from ledger.web.forms import PaperForm


class DecimalField(forms.CharField):
    """A number typed as Vietnamese offices write it: 62,5 or 62.5; 1.200 is twelve hundred."""

    def to_python(self, value):
        text = number_text(value).replace("%", "")
        if not text:
            return None
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif text.count(".") and len(text.rpartition(".")[2]) == 3:
            text = text.replace(".", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError("Hãy nhập một số, ví dụ 115 hoặc 62,5.") from None
        if not number.is_finite() or abs(number) >= 10**7:
            raise ValidationError("Số này quá lớn.")
        return number

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value


def plain(value):
    """A stored target as it is typed: 115, 62,5."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")


class TargetsForm(PaperForm):
    """Targets of one organization in one year, with the document that sets them.

    Each field carries the value it was opened with; if another has set a new one meanwhile, the form says so and
    keeps what was typed.
    """

    so = CodeFormField(label="Số, ký hiệu văn bản", max_length=80)

    def __init__(self, data=None, *, indicators, standing):
        super().__init__(data)
        self.indicators, self.standing = indicators, standing
        for indicator in indicators:
            unit = "%" if indicator.kind == Indicator.Kind.RATIO else indicator.unit
            name = f"chi_tieu_{indicator.pk}"
            self.fields[name] = DecimalField(
                label=f"{indicator.group.order}. {indicator.name} ({unit})",
                required=False,
                initial=plain(standing.get(indicator.pk)),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"cu_{indicator.pk}"] = forms.CharField(
                required=False, initial=plain(standing.get(indicator.pk)), widget=forms.HiddenInput()
            )
        self.order_fields([*(f"chi_tieu_{i.pk}" for i in indicators), *self.PAPER])

    def clean(self):
        data = super().clean()
        for indicator in self.indicators:
            now = plain(self.standing.get(indicator.pk))
            typed = plain(data.get(f"chi_tieu_{indicator.pk}"))
            if data.get(f"cu_{indicator.pk}", "") != now != typed:
                self.add_error(
                    f"chi_tieu_{indicator.pk}",
                    f"Người khác vừa đặt mức {now or 'trống'}. Số đồng chí gõ vẫn ở đây; gửi lại nếu vẫn muốn thay.",
                )
                self.data = self.data.copy()
                self.data[f"cu_{indicator.pk}"] = now
        return data

    def values(self):
        """{Indicator: Decimal or None}"""
        return {i: self.cleaned_data.get(f"chi_tieu_{i.pk}") for i in self.indicators}
