"""Shape of what is typed to close a year's figures and to withdraw a closing."""

from django import forms

from ledger.fields import CleanFormField, CodeFormField
from ledger.web.forms import PaperForm


class ClosingForm(PaperForm):
    """The paper under which figures are closed."""

    so = CodeFormField(label="Số, ký hiệu biên bản, văn bản", max_length=80)


class WithdrawClosingForm(forms.Form):
    ly_do = CleanFormField(
        label="Vì sao hủy lần chốt này", max_length=500, help_text="Lần chốt cũ và lý do hủy vẫn được giữ ở trang này."
    )
