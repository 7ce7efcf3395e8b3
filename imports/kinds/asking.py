"""What rows of several kinds are asked."""

from imports.columns.column import FileRow, RowQuestion

from .members import LATER
from .who_is_who import SKIP


def ask_about_newer(line: FileRow, why: str) -> None:
    """`why`: what the register says that is newer than the file; written only when somebody says so."""
    line.ask(RowQuestion(why, ((LATER, "Ghi theo tệp"), (SKIP, "Giữ sổ đang có, bỏ qua dòng này"))))
