from typing import Any

from ledger.keys import refresh
from ledger.management.arguments import CleanedCommand
from ledger.numbers import group


class Command(CleanedCommand):
    help = "Tính lại khóa sắp xếp, khóa tìm kiếm ở những dòng mà khóa không khớp với chữ đã ghi."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Đã tính lại khóa của {group(refresh())} dòng.")
