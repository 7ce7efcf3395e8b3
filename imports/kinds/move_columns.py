"""The columns by which files tell who moves or leaves the roll."""

from dataclasses import replace

from imports.columns import cells
from imports.columns.column import ImportColumn
from members.models import Exit

from .paper_columns import PAPER
from .person_columns import CELL, PERSON

WORDS: dict[str, object] = {
    exit_.label: exit_
    for exit_ in (Exit.MOVED, Exit.DEPARTED, Exit.DIED, Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED, Exit.ABROAD)
}
WHAT = "Chỉ hiểu: " + ", ".join(WORDS) + "."
WORDS |= dict.fromkeys(
    ("Chuyển chi bộ", "Chuyển sinh hoạt", "Chuyển nội bộ", "Chuyển trong Khối", "Chuyển sinh hoạt trong Khối"),
    Exit.MOVED,
)
WORDS |= dict.fromkeys(("Chuyển đi", "Chuyển ra ngoài Khối", "Chuyển sinh hoạt ra ngoài Khối"), Exit.DEPARTED)
WORDS |= {
    "Chết": Exit.DIED,
    "Mất": Exit.DIED,
    "Xin ra": Exit.RESIGNED,
    "Xin ra Đảng": Exit.RESIGNED,
    "Đi nước ngoài": Exit.ABROAD,
}
OF_A_PERSON = tuple(
    replace(
        column,
        needed=False,
        is_name=False,
        note="Có số thẻ thì không cần họ tên." if column.name == "ho_ten" else column.note,
    )
    for column in PERSON
    if column.name in ("ho_ten", "ngay_sinh", "so_the")
)
WHO_AND_WHEN = (
    *OF_A_PERSON,
    replace(
        CELL[0],
        label="Chi bộ trước khi chuyển",
        headings=(*CELL[0].headings, "Chi bộ", "Từ chi bộ", "Chuyển từ", "Nơi đi", "Chi bộ cũ"),
        note="Chi bộ đến ngày ấy; để phân biệt người trùng tên.",
    ),
    CELL[1],
    ImportColumn(
        name="ngay",
        label="Từ ngày",
        read=cells.day,
        headings=(
            "Ngày",
            "Ngày chuyển",
            "Ngày đi",
            "Ngày ra khỏi Đảng",
            "Ngày từ trần",
            "Hiệu lực từ",
            "Ngày chuyển đi",
        ),
        needed=True,
        example="01/06/2018",
        note="Ngày đầu tiên ở chi bộ mới, hoặc không còn trong danh sách.",
    ),
    *PAPER,
)
MOVES = (
    *WHO_AND_WHEN,
    ImportColumn(
        name="viec",
        label="Việc",
        read=cells.one_of(WORDS, spoken=WHAT),
        headings=("Biến động", "Hình thức", "Lý do", "Lý do giảm", "Loại biến động", "Hình thức ra khỏi Đảng"),
        example=Exit.MOVED.label,
        note="Để trống mà có chi bộ chuyển đến thì là chuyển trong Khối.",
        options=lambda: [str(words) for words in WORDS][:7],
    ),
    ImportColumn(
        name="den",
        label="Chuyển đến chi bộ",
        read=cells.text,
        headings=("Đến chi bộ", "Chi bộ mới", "Nơi đến", "Chuyển đến", "Chi bộ chuyển đến"),
        example="DB05-03",
        note="Mã, hoặc tên; chỉ cho chuyển trong Khối.",
    ),
    ImportColumn(
        name="den_dang_bo",
        label="Đảng bộ của chi bộ chuyển đến",
        read=cells.text,
        headings=("Đảng bộ mới", "Đảng bộ chuyển đến"),
        note="Chỉ cần khi nhiều chi bộ cùng tên.",
    ),
)
