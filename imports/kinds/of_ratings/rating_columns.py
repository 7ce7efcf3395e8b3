"""The columns of files about ratings of members."""

from collections.abc import Sequence
from dataclasses import replace

from imports.columns import cells
from imports.columns.column import ImportColumn
from imports.kinds.person_columns import PERSON
from ledger import clock
from ratings.models import Reason, Scheme
from ratings.sheets.vocabulary import LEFT_OUT


def _latest_scheme() -> Scheme | None:
    """The scheme whose words a template shows."""
    return Scheme.latest_for(clock.today().year)


def _levels() -> Sequence[str]:
    scheme = _latest_scheme()
    return [level.member_label for level in scheme.levels.all()] if scheme else []


def organization_levels() -> Sequence[str]:
    scheme = _latest_scheme()
    return [level.organization_label for level in scheme.levels.all()] if scheme else []


def _reasons() -> Sequence[str]:
    return _labels(of_organizations=False)


def organization_reasons() -> Sequence[str]:
    return _labels(of_organizations=True)


def _labels(*, of_organizations: bool) -> Sequence[str]:
    rows = Reason.objects.filter(scheme=_latest_scheme(), of_organizations=of_organizations, kind__in=LEFT_OUT)
    return list(rows.values_list("label", flat=True))


LEVEL, POINTS, REASON, JUSTIFICATION, OVER_CAP, EXPLANATION = (
    ImportColumn(
        name="muc",
        label="Mức xếp loại",
        read=cells.text,
        headings=(
            "Mức",
            "Xếp loại",
            "Kết quả xếp loại",
            "Phân loại",
            "Kết quả phân loại",
            "Kết quả đánh giá",
            "Xếp loại đảng viên",
            "Phân loại đảng viên",
            "Kết quả",
            "Mức độ hoàn thành",
            "Đánh giá xếp loại",
        ),
        example="Hoàn thành tốt nhiệm vụ",
        note="Tên mức, HTXSNV, HTTNV, HTNV, KHTNV, hoặc 1 đến 4.",
        options=_levels,
    ),
    ImportColumn(
        name="diem", label="Điểm", read=cells.number, headings=("Điểm xếp loại", "Tổng điểm"), note="Khi kỳ tính điểm."
    ),
    ImportColumn(
        name="ly_do_khong",
        label="Lý do không xếp loại",
        read=cells.text,
        headings=("Lý do", "Lý do chưa xếp loại", "Không xếp loại", "Lý do không đánh giá"),
        note="Ghi thay cho mức.",
        options=_reasons,
    ),
    ImportColumn(
        name="giai_trinh",
        label="Giải trình",
        read=cells.at_most(500),
        headings=("Giải trình của đảng viên",),
        note="Khi quy tắc của kỳ hỏi lý do của riêng người này.",
    ),
    ImportColumn(
        name="ly_do_vuot",
        label="Lý do vượt tỷ lệ",
        read=cells.text,
        headings=("Lý do vượt", "Lý do vượt tỷ lệ xuất sắc"),
        note="Khi số xuất sắc vượt tỷ lệ; ghi ở một dòng của chi bộ là đủ.",
    ),
    ImportColumn(
        name="giai_trinh_chi_bo",
        label="Giải trình của chi bộ",
        read=cells.text,
        note="Khi quy tắc của kỳ hỏi về cả phiếu; ghi ở một dòng của chi bộ là đủ.",
    ),
)
WHO = tuple(replace(column, is_name=False) for column in PERSON if column.name in ("ho_ten", "ngay_sinh", "so_the"))
