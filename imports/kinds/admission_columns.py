"""The columns by which files tell of ceremonies of admission (domain §4.3)."""

from dataclasses import replace

from imports.columns import cells
from imports.columns.column import ImportColumn
from members.identity.ages import OLDEST
from members.identity.consents import consenting
from members.models import Entry

from .paper_columns import ISSUER, NUMBER
from .person_columns import CELL, CEREMONY, DECIDED, OFFICIAL, PERSON, YOUTH

FORMS: dict[str, object] = {entry.label: entry for entry in (Entry.ADMITTED, Entry.READMITTED, Entry.RESTORED)}
FORMS_IN_WORDS = "Chỉ hiểu: " + ", ".join(FORMS) + "."
FORMS |= {"Kết nạp mới": Entry.ADMITTED, "Phục hồi": Entry.RESTORED, "Kết nạp lần 2": Entry.READMITTED}

CONSENT = (
    ImportColumn(
        name="so_tinh_uy",
        label="Số văn bản đồng ý",
        read=cells.code_at_most(80),
        headings=(
            "Số văn bản đồng ý của Ban Thường vụ Tỉnh ủy",  # templates said so before the office could choose
            "Văn bản đồng ý",
            "Số VB đồng ý",
            "Văn bản của Tỉnh ủy",
        ),
        note=lambda: f"Của {consenting()}. Chỉ khi quá {OLDEST} tuổi vào ngày làm lễ.",
    ),
    ImportColumn(
        name="ngay_tinh_uy",
        label="Ngày văn bản đồng ý",
        read=cells.day,
        headings=("Ngày VB đồng ý", "Ngày văn bản đồng ý của Ban Thường vụ Tỉnh ủy"),
    ),
)
CONSENTING = ImportColumn(
    name="co_quan_dong_y",
    label="Cơ quan đồng ý",
    read=cells.at_most(200),
    headings=("Cơ quan ban hành văn bản đồng ý", "Cấp đồng ý"),
    note=lambda: f"Để trống là {consenting()}.",
)
DECISION = replace(
    NUMBER,
    label="Số quyết định kết nạp",
    headings=(NUMBER.label, *NUMBER.headings, "Số QĐ kết nạp", "Quyết định kết nạp số"),
    example="12-QĐ/ĐU",
    note="Cùng với ngày quyết định kết nạp. Để trống thì theo văn bản của cả tệp.",
)
RECOGNITION = (
    replace(
        NUMBER,
        name="so_qd_chinh_thuc",
        label="Số quyết định công nhận chính thức",
        headings=("Số QĐ công nhận chính thức", "Số QĐ chính thức", "Số quyết định chính thức"),
        note="",
    ),
    ImportColumn(
        name="ngay_qd_chinh_thuc",
        label="Ngày quyết định công nhận chính thức",
        read=cells.day,
        headings=("Ngày QĐ công nhận chính thức", "Ngày QĐ chính thức", "Ngày quyết định chính thức"),
    ),
)
BEFORE = (
    ImportColumn(
        name="quyet_dinh_truoc",
        label="Ngày quyết định kết nạp trước đây",
        read=cells.day,
        headings=("Ngày quyết định lần đầu", "Quyết định kết nạp lần đầu"),
        note="Bốn cột trước đây chỉ cho người chưa có hồ sơ, khi kết nạp lại hoặc phục hồi đảng tịch.",
    ),
    ImportColumn(
        name="ngay_le_truoc",
        label="Ngày vào Đảng trước đây",
        read=cells.day,
        headings=("Ngày vào Đảng lần đầu", "Ngày làm lễ kết nạp trước đây", "Vào Đảng lần đầu"),
    ),
    ImportColumn(
        name="chinh_thuc_truoc",
        label="Ngày chính thức trước đây",
        read=cells.day,
        headings=("Ngày chính thức lần đầu", "Ngày công nhận chính thức trước đây"),
    ),
    ImportColumn(
        name="ra_truoc", label="Ra khỏi Đảng từ ngày", read=cells.day, headings=("Ngày ra khỏi Đảng", "Ra Đảng ngày")
    ),
)
COLUMNS = (
    *PERSON,
    *CELL,
    replace(DECIDED, headings=(*DECIDED.headings, "Ngày QĐ", "Ngày ký quyết định"), example="25/01/2017"),
    replace(
        CEREMONY,
        label="Ngày làm lễ kết nạp",
        headings=(CEREMONY.label, *CEREMONY.headings, "Ngày lễ", "Ngày tổ chức lễ kết nạp", "Ngày làm lễ"),
        example="03/02/2017",
        needed=True,
    ),
    replace(YOUTH, headings=(*YOUTH.headings, "Đoàn viên thanh niên", "ĐVTN", "Là đoàn viên")),
    ImportColumn(
        name="hinh_thuc",
        label="Hình thức kết nạp",
        read=cells.one_of(FORMS, spoken=FORMS_IN_WORDS),
        headings=("Hình thức", "Loại kết nạp"),
        note="Để trống là kết nạp.",
        options=lambda: list(FORMS)[:3],
    ),
    replace(OFFICIAL, example="03/02/2018"),
    DECISION,
    ISSUER,
    *RECOGNITION,
    *CONSENT,
    CONSENTING,
    *BEFORE,
)
