"""What is typed for a whole file beside its rows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from ledger.numbers import day_in_words
from ledger.web.forms import LightActForm
from ratings.models import Period
from ratings.models.sheets import the_day
from ratings.periods.periods import begun_periods


class GivenForm(LightActForm):
    """The day the file tells of, its paper, a note; a kind adds what it needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Số liệu của tệp có đến ngày"
        self.fields["so"].label = "Số, ký hiệu văn bản kèm tệp, nếu có"

    @property
    def own_fields(self) -> list[BoundField]:
        """The day, then what the kind asks beside it."""
        names = ["tu_ngay", *(name for name in self.fields if name not in self.LAST)]
        return [self[name] for name in names]

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """[(heading, boxes to tick)] below the own fields."""
        return []

    @property
    def paper_fields(self) -> list[BoundField]:
        return [self[name] for name in self.LAST if name != "tu_ngay"]

    @property
    def has_paper(self) -> bool:
        """Whether something of the paper was typed, or is wrong."""
        return any(field.errors or (self.is_bound and field.value()) for field in self.paper_fields)


class MembersGivenForm(GivenForm):
    """For those who were members already: what a file may not say, and may be taken from what it says."""

    quyet_dinh_theo_le = forms.BooleanField(
        label="Ô trống ngày quyết định kết nạp thì lấy bằng ngày vào Đảng", required=False
    )
    chinh_thuc_theo_le = forms.BooleanField(
        label="Ô trống ngày chính thức thì tính đủ 12 tháng từ ngày vào Đảng", required=False
    )


class ReconciliationGivenForm(GivenForm):
    """Columns of which every value is taken over from the file."""

    DAYS = ("nhan_quyet_dinh", "nhan_ngay_le", "nhan_chinh_thuc")

    nhan_ho_ten = forms.BooleanField(label="Họ và tên", required=False)
    nhan_ten_khai_sinh = forms.BooleanField(label="Tên khai sinh", required=False)
    nhan_ten_goi = forms.BooleanField(label="Tên gọi", required=False)
    nhan_gioi_tinh = forms.BooleanField(label="Giới tính", required=False)
    nhan_ngay_sinh = forms.BooleanField(label="Ngày sinh", required=False)
    nhan_dan_toc = forms.BooleanField(label="Dân tộc", required=False)
    nhan_ton_giao = forms.BooleanField(label="Tôn giáo", required=False)
    nhan_so_the = forms.BooleanField(label="Số thẻ đảng viên", required=False)
    nhan_chuyen_mon = forms.BooleanField(label="Chuyên môn", required=False)
    nhan_ly_luan = forms.BooleanField(label="Lý luận chính trị", required=False)
    nhan_nghe_nghiep = forms.BooleanField(label="Nghề nghiệp, vị trí", required=False)
    nhan_quyet_dinh = forms.BooleanField(label="Ngày quyết định kết nạp", required=False)
    nhan_ngay_le = forms.BooleanField(label="Ngày vào Đảng", required=False)
    nhan_chinh_thuc = forms.BooleanField(label="Ngày chính thức", required=False)

    @property
    def own_fields(self) -> list[BoundField]:
        return [self["tu_ngay"]]

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        record = [name for name in self.fields if name.startswith("nhan_") and name not in self.DAYS]
        return [
            ("Hồ sơ: nhận theo tệp cả cột", [self[name] for name in record]),
            ("Ngày vào Đảng: nhận theo tệp cả cột", [self[name] for name in self.DAYS]),
        ]


class AdmissionsGivenForm(GivenForm):
    """For who is admitted: what need not be asked row by row."""

    dong_nguon = forms.BooleanField(
        label="Dòng cùng họ tên, ngày sinh, chi bộ với người trong nguồn kết nạp là người ấy; đưa ra khỏi nguồn",
        required=False,
    )


SMALL_AS_SHARE, SMALL_AS_TYPED = "phan_tram", "nhu_ghi"


class TargetsGivenForm(GivenForm):
    """Targets are set by a document."""

    needs_paper = True

    ty_le_nho = forms.ChoiceField(
        label="Tỷ lệ từ 0 đến 1 trong tệp",
        required=False,
        choices=[
            ("", "hỏi ở từng ô"),
            (SMALL_AS_SHARE, "là phần trăm viết thành số lẻ: 0,95 là 95%"),
            (SMALL_AS_TYPED, "đúng như ghi: 0,95 là 0,95%"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["so"].label = "Số, ký hiệu văn bản giao chỉ tiêu"

    @property
    def has_paper(self) -> bool:
        return True


class SheetGivenForm(GivenForm):
    """For what is typed into a sheet: as if on its page, today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Ngày ghi"


class PeriodField(forms.ChoiceField):
    """An open rating period; cleaned, it is the Period."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=lambda: [("", "Chọn kỳ"), *((period.key, period.named) for period in _open_periods())],
            error_messages={
                "required": "Hãy chọn kỳ xếp loại.",
                "invalid_choice": "Không có kỳ này trong những kỳ đang mở. Kỳ đã khóa thì chỉ còn ghi điều chỉnh bổ sung.",
            },
            help_text="Chỉ những kỳ đang mở. Chưa có thì mở kỳ ở trang Kỳ xếp loại trước.",
            **kwargs,
        )

    def clean(self, value: Any) -> Period | None:
        key = super().clean(value)
        return next((period.row for period in _open_periods() if period.key == key), None)


@dataclass(frozen=True)
class PeriodChoice:
    """`key`: as forms and commands name it, K/2017; `named`: as people read it."""

    row: Period
    key: str
    named: str


def _open_periods() -> list[PeriodChoice]:
    rows = list(begun_periods().select_related("bloc", "scheme").order_by("-year", "-quarter", "bloc__code"))
    several = len({row.bloc_id for row in rows}) > 1
    return [PeriodChoice(r, f"{r.bloc.code}/{r.slug}", r.of_its_bloc if several else str(r)) for r in rows]


class DecidedGivenForm(GivenForm):
    """For ratings that were decided: of which period, by which paper unless each committee's stands in the rows. They hold
    from the day the department receives them.
    """

    ky = PeriodField(label="Kỳ xếp loại")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Ngày tiếp nhận kết quả"
        self.fields["so"].label = "Số, ký hiệu quyết định xếp loại"
        self.fields["so"].help_text = "Để trống nếu mỗi nơi một quyết định, ghi ở các cột của tệp."
        self.fields["ly_do"].label = "Lý do, ghi chú"

    @property
    def own_fields(self) -> list[BoundField]:
        return [self[name] for name in ("ky", "tu_ngay", *self.PAPER)]

    @property
    def paper_fields(self) -> list[BoundField]:
        return [self["ly_do"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        period, day = data.get("ky"), data.get("tu_ngay")
        if period and day and day < (first := the_day(period)):
            self.add_error(
                "tu_ngay",
                f"Danh sách của kỳ {period.inline} lấy theo ngày {day_in_words(first)}. Hãy ghi ngày tiếp nhận từ ngày ấy.",
            )
        return data
