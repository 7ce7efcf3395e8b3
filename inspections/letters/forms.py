"""Shape of what is typed about letters; what it means is judged by the verbs."""

from django import forms

from inspections.models import Result
from inspections.shared_forms import NO_ONE
from ledger import clock
from ledger.fields import CleanFormField, CodeFormField
from ledger.web.forms import ActForm, DayField, LightActForm
from ledger.web.opened import OpenedForm


class LetterForm(LightActForm):
    """A letter as it is received, or as it should have been entered. `places`: [(organization id, label)]."""

    so_don = CodeFormField(label="Số đơn", max_length=40)
    to_chuc = forms.ChoiceField(
        label="Tổ chức có đảng viên bị tố cáo", error_messages=NO_ONE | {"required": "Hãy chọn tổ chức."}
    )
    han = DayField(label="Hạn giải quyết")

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].choices = [("", "Chọn tổ chức"), *places]
        self.fields["tu_ngay"].label = "Nhận ngày"
        self.order_fields(["so_don", "to_chuc", "tu_ngay", "han"])


class CorrectLetterForm(OpenedForm, LetterForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ly_do"].required = True
        self.fields["ly_do"].label = "Lý do sửa"

    def act(self, user):
        """What is corrected holds from the day it is corrected on; the day typed is that of the letter."""
        return super().act(user) | {"on": clock.today()}


class AcceptLetterForm(LightActForm):
    han = DayField(label="Hạn giải quyết", help_text="Tính từ ngày thụ lý.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Thụ lý ngày"
        self.order_fields(["tu_ngay", "han"])


class ExtendForm(ActForm):
    han = DayField(label="Hạn mới")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Gia hạn từ ngày"


class ResolveForm(LightActForm):
    ket_qua = forms.ModelChoiceField(
        Result.objects.all(),
        label="Kết quả",
        empty_label="Chọn kết quả",
        error_messages={"required": "Hãy chọn kết quả."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Giải quyết xong ngày"
        self.fields["ly_do"].help_text = "Cần ghi khi sửa một kết quả đã ghi."


class ForwardForm(LightActForm):
    noi_nhan = CleanFormField(label="Chuyển đến", max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Chuyển ngày"
