"""Why a file is not read, in sentences: what is wrong, what to do. No Django here: the child process needs it, too."""

from ledger.numbers import group

SAVE_ANEW = "Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
EMPTY = "Tệp rỗng, không có gì để đọc. Hãy xem lại đã chọn đúng tệp chưa và tệp đã lưu xong chưa."
NOTHING_PASTED = "Chưa có ô nào được dán. Hãy chép các ô từ bảng tính rồi dán vào đây."
UNOPENED = "Không mở được tệp. Hãy xem lại tên tệp và quyền đọc tệp."
DAMAGED = (
    "Tệp bị hỏng hoặc bị cụt, thường vì tải về hay chép chưa xong. Hãy mở thử bằng Excel: mở được thì lưu lại dạng .xlsx, "
    "không được thì xin lại tệp."
)
WEB_PAGE = (
    "Tệp này thật ra là một trang web hay tệp XML mang đuôi của Excel; phần mềm khác thường xuất ra như thế. "
    + SAVE_ANEW
)
OLD = "Tệp thuộc một định dạng bảng tính mà hệ thống không đọc. " + SAVE_ANEW
PASSWORD = "Tệp có đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi chọn lại tệp."
MACROS = "Tệp có macro (mã lệnh); để an toàn, hệ thống không nhận. Hãy mở bằng Excel rồi lưu lại dạng .xlsx, không kèm macro."
LINKS = (
    "Tệp có ô lấy giá trị từ một tệp khác; giá trị ấy có thể đã cũ. Hãy chép các ô rồi dán lại chỉ giá trị (Dán đặc biệt → "
    "Giá trị), bỏ liên kết (Dữ liệu → Sửa liên kết → Ngắt liên kết), lưu lại rồi chọn lại tệp."
)
ENTITIES = "Tệp chứa khai báo (DTD) mà bảng tính bình thường không có; để an toàn, hệ thống không nhận. " + SAVE_ANEW
BOMB = (
    "Tệp nén bất thường: mở ra lớn hơn rất nhiều so với khi gửi. Hãy chép riêng vùng dữ liệu cần nhập sang một tệp mới rồi "
    "lưu dạng .xlsx."
)
TOO_BIG = (
    "Tệp cần quá nhiều bộ nhớ nên không đọc hết được. Hãy chép riêng vùng dữ liệu cần nhập sang một tệp mới, hoặc chia thành "
    "nhiều tệp."
)
TOO_SLOW = (
    "Đọc tệp mất quá lâu nên đã dừng. Hãy chép riêng vùng dữ liệu cần nhập sang một tệp mới, hoặc chia thành nhiều tệp."
)
NO_SHEET = "Tệp không có trang tính nào. Hãy xem lại đã chọn đúng tệp chưa."
WORD = "Đây là tệp văn bản (Word), không phải bảng tính. Hãy chép bảng trong đó sang Excel rồi lưu dạng .xlsx."
SLIDES = "Đây là tệp trình chiếu, không phải bảng tính. Hãy chép bảng trong đó sang Excel rồi lưu dạng .xlsx."
PDF = "Đây là tệp PDF, không phải bảng tính. Hãy xin tệp Excel gốc, hoặc chép bảng sang Excel rồi lưu dạng .xlsx."
PICTURE = "Đây là tệp hình ảnh, không phải bảng tính. Hãy xin tệp Excel gốc."
ARCHIVE = "Đây là tệp nén (zip, rar…), không phải bảng tính. Hãy giải nén rồi chọn tệp bảng tính bên trong."
LONG_LINE = (
    "Tệp có dòng dài bất thường, không giống một bảng. Hãy xem lại đã chọn đúng tệp chưa; nếu đúng, hãy mở bằng Excel rồi lưu "
    "lại dạng .xlsx."
)


class FileFault(Exception):
    """A file that is not read; the message is the sentence."""


def unknown(name: str) -> str:
    """`name`: of the file, as it was sent."""
    name = name if len(name) <= 80 else f"{name[:40]}…{name[-20:]}"
    return f"Tệp “{name}” không phải bảng tính (xlsx, xls, ods, csv). Hãy xem lại đã chọn đúng tệp chưa."


def too_heavy(size: int, limit: int) -> str:
    """`size` in bytes, `limit` in megabytes."""
    return (
        f"Tệp nặng {group(-(-size // 2**20))} MB, quá giới hạn {group(limit)} MB. Hãy bỏ hình ảnh và các trang không cần nhập, "
        "hoặc chia thành nhiều tệp."
    )


def too_many_rows(limit: int) -> str:
    return (
        f"Tệp có trang dài quá giới hạn {group(limit)} dòng. Hãy xóa các dòng thừa ở cuối (kể cả ô chỉ có dấu cách), hoặc chia "
        "thành nhiều tệp."
    )


def too_many_columns(limit: int) -> str:
    return (
        f"Tệp có trang rộng quá giới hạn {group(limit)} cột. Hãy xóa các cột thừa bên phải (kể cả ô chỉ có dấu cách) rồi chọn "
        "lại tệp."
    )


def too_many_cells(limit: int) -> str:
    return (
        f"Các trang của tệp trải ra quá giới hạn {group(limit)} ô. Hãy xóa các dòng, các cột và các trang thừa, hoặc chia thành "
        "nhiều tệp."
    )
