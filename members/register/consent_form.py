"""The paper that consents to the admission of someone over sixty (domain §4.3)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from ledger import clock
from ledger.documents import document
from ledger.fields import CleanFormField, CodeFormField
from ledger.web.forms import DayField
from members.identity.ages import OLDEST, is_too_old
from members.identity.consents import consenting


class ConsentForm(forms.Form):
    """Three fields for a form of an admission."""

    so_tinh_uy = CodeFormField(
        label=lazy(lambda: f"Số văn bản đồng ý của {consenting()}", str)(),
        max_length=80,
        required=False,
        help_text=f"Khi quá {OLDEST} tuổi vào ngày làm lễ.",
    )
    ngay_tinh_uy = DayField(label="Ngày văn bản đồng ý", required=False)

    co_quan_tinh_uy = CleanFormField(
        label="Cơ quan đồng ý",
        max_length=200,
        required=False,
        help_text=lazy(lambda: f"Để trống là {consenting()}.", str)(),
    )

    CONSENT = ("so_tinh_uy", "ngay_tinh_uy", "co_quan_tinh_uy")

    def ask_only_of(self, person):
        """Takes the fields away when `person` is not too old even today."""
        if not is_too_old(person, clock.today()):
            for name in self.CONSENT:
                del self.fields[name]

    def clean(self):
        data = super().clean()
        number, day, issuer = (data.get(name) for name in self.CONSENT)
        if (number or day or issuer) and not (number and day):
            raise ValidationError(f"Văn bản đồng ý của {consenting()} cần đủ số và ngày.")
        return data


def consent(data):
    """The Document that a valid ConsentForm with this cleaned `data` names, None where it names none."""
    number, day, issuer = (data.get(name) for name in ConsentForm.CONSENT)
    return document(number, day, issuer or consenting()) if number else None
