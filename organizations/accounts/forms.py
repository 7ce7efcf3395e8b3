"""Forms about one office: who it goes to, from when, until when."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ledger import clock
from ledger.fields import CleanFormField, LinesFormField
from ledger.models import User
from ledger.web.forms import DayField, LightActForm

from .making import Name

DAY = timedelta(days=1)
AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class SuccessorForm(LightActForm):
    """Who comes into an office, from a day that may lie ahead: somebody who has an account, or one it is made for."""

    ho_ten = CleanFormField(label="Họ và tên người nhận", max_length=150, required=False)
    ten_moi = CleanFormField(
        label="Tên đăng nhập mới, để tạo tài khoản",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED),
    )
    tai_khoan = CleanFormField(
        label="Hoặc: tên đăng nhập người ấy đang có",
        max_length=150,
        required=False,
        help_text="Chỉ ghi khi người nhận đã có tài khoản; khi đó bỏ qua hai mục trên.",
        widget=forms.TextInput(attrs=AS_TYPED),
    )
    tu_ngay = DayField(label="Từ ngày", help_text="Hôm nay hoặc một ngày sắp tới.")

    def clean_tai_khoan(self) -> User | None:
        name = self.cleaned_data["tai_khoan"]
        if not name:
            return None
        user = User.objects.filter(username__iexact=name).first()
        if user is None:
            raise ValidationError(
                f"Không có tài khoản nào tên {name}. Hãy xem lại, hoặc để trống để tạo tài khoản mới."
            )
        return user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "tai_khoan" not in data or data["tai_khoan"]:
            return data
        for name in ("ho_ten", "ten_moi"):
            if not data.get(name):
                self.add_error(name, "Hãy ghi mục này để tạo tài khoản mới, hoặc ghi tên đăng nhập đã có ở dưới.")
        return data

    @property
    def user(self) -> User | None:
        """The account that was named; None for one that is to be made (`new`)."""
        return self.cleaned_data["tai_khoan"]

    @property
    def new(self) -> Name:
        return Name(self.cleaned_data["ten_moi"], self.cleaned_data["ho_ten"])

    @property
    def starts(self) -> date:
        return self.cleaned_data["tu_ngay"]

    def act(self, user: User) -> dict[str, Any]:
        """The act is of today; what it gives begins on its own day."""
        return super().act(user) | {"on": clock.today()}


class DeputyForm(SuccessorForm):
    den_ngay = DayField(label="Đến hết ngày")

    LAST = ("tu_ngay", "den_ngay", *SuccessorForm.LAST[1:])

    @property
    def ends(self) -> date:
        return self.cleaned_data["den_ngay"] + DAY


class EndForm(LightActForm):
    """The office ends: from today, or from a day ahead."""

    tu_ngay = DayField(label="Thôi từ ngày", help_text="Hôm nay hoặc một ngày sắp tới.")

    @property
    def ends(self) -> date:
        return self.cleaned_data["tu_ngay"]

    def act(self, user: User) -> dict[str, Any]:
        return super().act(user) | {"on": clock.today()}


class RenewForm(forms.Form):
    """A new slip. `luc_mo`: the latest act when the page was opened."""

    luc_mo = forms.IntegerField(widget=forms.HiddenInput)


class CallOffForm(forms.Form):
    """What was to come is taken back."""

    ly_do = LinesFormField(label="Lý do hủy", max_length=500)
