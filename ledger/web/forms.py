"""Forms that every act shares: a day, the paper behind it, why; and how a refusal finds its way back onto the form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db import transaction

from ledger import days
from ledger.acts import Refused
from ledger.documents import paper_told
from ledger.fields import CleanFormField, CodeFormField, LinesFormField
from ledger.models import Document, User
from ledger.text import date_text


class DayField(forms.DateField):
    default_error_messages = {
        "required": "Hãy nhập ngày, ví dụ 20/12/2018.",
        "invalid": "Ngày không đúng. Hãy viết ngày/tháng/năm, ví dụ 20/12/2018.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm"},
        )
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> date | None:
        return super().to_python(date_text(value) if isinstance(value, str) else value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and (fault := self.why_impossible(value)):
            raise forms.ValidationError(fault, code="impossible")

    def why_impossible(self, day: date) -> str:
        """What is wrong with `day`, as a sentence; "" when it is possible."""
        return days.why_impossible(day)


class PaperForm(forms.Form):
    """Number, date and issuer of the paper behind an act. `needs_paper` False: all three may stay empty."""

    needs_paper = True

    so = CodeFormField(label="Số, ký hiệu quyết định", max_length=80)
    ngay = DayField(label="Ngày ban hành")
    co_quan = CleanFormField(label="Cơ quan ban hành", max_length=200)

    PAPER = ("so", "ngay", "co_quan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.PAPER:
            self.fields[name].required = self.needs_paper
        if not self.needs_paper:
            self.fields["so"].label += ", nếu có"

    def paper(self) -> Document | None:
        """The Document, not saved: the act records it. None where none was given; Refused, naming what is wanting, when it is
        not filled whole.
        """
        if not self.is_valid():
            wrong = [f"{self.fields[name].label}: {errors[0].rstrip('.')}" for name, errors in self.errors.items()]
            raise Refused(f"Cần đủ số, ngày và cơ quan ban hành. {'; '.join(wrong)}.")
        return paper_told({str(self.fields[name].label): self.cleaned_data[name] for name in self.PAPER})


class ActForm(PaperForm):
    """An act with its day, its paper and its reason; a form for one verb adds what that verb takes."""

    tu_ngay = DayField(label="Có hiệu lực từ ngày")
    ly_do = LinesFormField(label="Lý do, ghi chú", max_length=500, required=False)

    LAST: tuple[str, ...] = ("tu_ngay", *PaperForm.PAPER, "ly_do")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in self.LAST), *self.LAST])

    def act(self, user: User) -> dict[str, Any]:
        """What every verb is told: {"by", "on", "document", "reason"}."""
        data = self.cleaned_data
        return {"by": user, "on": data["tu_ngay"], "document": self.paper(), "reason": data["ly_do"]}


class LightActForm(ActForm):
    """As ActForm, for acts that may come without a paper."""

    needs_paper = False


def attempt(form: forms.Form, do: Callable[[], object]) -> bool:
    """Does `do()` when `form` is valid, whole or not at all; whether it was done. What is refused stands on the form."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            do()
    except Refused as refused:
        form.add_error(None, refused.messages)
        return False
    return True
