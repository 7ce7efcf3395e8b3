"""The columns by which files tell of a person, of their cell and of how they came into the Party (domain §4.1–4.3)."""

from imports.columns import cells
from imports.columns.column import ImportColumn
from members.models import EthnicGroup, Qualification, Religion, Sex, Theory

PERSON = (
    ImportColumn(
        name="ho_ten",
        label="Họ và tên",
        read=cells.at_most(120),
        headings=(
            "Họ tên",
            "Họ và tên đảng viên",
            "Họ tên đảng viên",
            "Họ và tên đang dùng",
            "Họ và tên khai sinh và đang dùng",
            "Họ và đệm",
            "Họ đệm",
            "Họ, đệm",
            "Họ và tên đệm",
            "Họ",
            "Tên đệm",
            "Đệm",
            "Tên",
            "Tên đảng viên",
        ),
        needed=True,
        joins=True,
        is_name=True,
        example="Nguyễn Văn An",
        note="Họ, đệm và tên nằm ở hai cột thì chọn cả hai cột là “Họ và tên”.",
    ),
    ImportColumn(
        name="ten_khai_sinh",
        label="Tên khai sinh",
        read=cells.at_most(120),
        headings=("Họ tên khai sinh", "Họ và tên khai sinh"),
        is_name=True,
    ),
    ImportColumn(
        name="ten_goi",
        label="Tên gọi",
        read=cells.at_most(40),
        is_name=True,
        note="Chỉ ghi khi tên gọi không phải từ cuối.",
    ),
    ImportColumn(
        name="gioi_tinh",
        label="Giới tính",
        read=cells.text,
        headings=("Nam nữ", "Nam/Nữ", "Phái", "GT"),
        example="Nam",
        options=lambda: Sex.labels,
    ),
    ImportColumn(
        name="ngay_sinh",
        label="Ngày sinh",
        read=cells.birth,
        headings=(
            "Ngày, tháng, năm sinh",
            "Ngày tháng năm sinh",
            "Năm sinh",
            "Sinh ngày",
            "Ngày/tháng/năm sinh",
            "NTNS",
        ),
        example="15/06/1980",
        note="Chỉ biết năm thì ghi 1980; chỉ biết tháng thì 06/1980.",
    ),
    ImportColumn(
        name="dan_toc",
        label="Dân tộc",
        read=cells.text,
        headings=("DT",),
        example="Kinh",
        options=lambda: list(EthnicGroup.objects.values_list("name", flat=True)),
    ),
    ImportColumn(
        name="ton_giao",
        label="Tôn giáo",
        read=cells.text,
        headings=("TG",),
        options=lambda: list(Religion.objects.values_list("name", flat=True)),
    ),
    ImportColumn(
        name="so_the",
        label="Số thẻ đảng viên",
        read=cells.card,
        headings=("Số thẻ", "Số thẻ đảng", "Số TĐV", "Thẻ đảng viên", "Số thẻ ĐV"),
        example="00123456",
        note="8 hoặc 12 chữ số; định dạng ô là Văn bản để giữ số 0 ở đầu.",
    ),
    ImportColumn(
        name="chuyen_mon",
        label="Chuyên môn",
        read=cells.text,
        headings=(
            "Trình độ chuyên môn",
            "Trình độ CM",
            "CMNV",
            "Chuyên môn nghiệp vụ",
            "Trình độ chuyên môn nghiệp vụ",
        ),
        example="Đại học",
        options=lambda: Qualification.labels,
    ),
    ImportColumn(
        name="ly_luan",
        label="Lý luận chính trị",
        read=cells.text,
        headings=("LLCT", "Trình độ lý luận chính trị", "Trình độ LLCT", "Lý luận"),
        example="Trung cấp",
        options=lambda: Theory.labels,
    ),
    ImportColumn(
        name="nghe_nghiep",
        label="Nghề nghiệp, vị trí",
        read=cells.at_most(120),
        headings=("Nghề nghiệp", "Chức vụ", "Vị trí", "Nghề nghiệp hiện nay", "Chức vụ, đơn vị công tác"),
        example="Chuyên viên",
    ),
)
CELL = (
    ImportColumn(
        name="chi_bo",
        label="Chi bộ",
        read=cells.text,
        headings=(
            "Mã chi bộ",
            "Chi bộ sinh hoạt",
            "Nơi sinh hoạt",
            "Sinh hoạt tại chi bộ",
            "Tổ chức",
            "Chi bộ trực thuộc",
        ),
        example="DB05-03",
        note="Mã, hoặc tên, của chi bộ.",
    ),
    ImportColumn(
        name="dang_bo",
        label="Đảng bộ của chi bộ",
        read=cells.text,
        headings=("Đảng bộ", "Đảng bộ cơ sở", "TCCSĐ", "Tổ chức cơ sở đảng", "Trực thuộc"),
        note="Chỉ cần khi nhiều chi bộ cùng tên.",
    ),
)
DECIDED = ImportColumn(
    name="quyet_dinh",
    label="Ngày quyết định kết nạp",
    read=cells.day,
    headings=("Quyết định kết nạp", "Ngày QĐ kết nạp", "Ngày quyết định"),
    example="25/01/2010",
)
CEREMONY = ImportColumn(
    name="ngay_le",
    label="Ngày vào Đảng",
    read=cells.day,
    headings=(
        "Ngày kết nạp",
        "NVĐ",
        "Ngày vào đảng",
        "Vào Đảng",
        "Ngày làm lễ kết nạp",
        "Ngày vào ĐCSVN",
        "Kết nạp",
    ),
    example="03/02/2010",
)
OFFICIAL = ImportColumn(
    name="chinh_thuc",
    label="Ngày chính thức",
    read=cells.day,
    headings=("Ngày công nhận chính thức", "Chính thức", "NCT", "Ngày vào Đảng chính thức", "Ngày CT"),
    example="03/02/2011",
    note="Để trống nếu còn dự bị.",
)
YOUTH = ImportColumn(
    name="doan_vien", label="Là đoàn viên khi kết nạp", read=cells.yes, headings=("Đoàn viên",), example="x"
)
