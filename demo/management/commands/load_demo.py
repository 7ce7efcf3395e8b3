import os

from django.conf import settings
from django.core.management.base import CommandError

from demo.loader import Loader
from ledger.management.arguments import CleanedCommand
from ledger.models import Installation, User
from organizations.models import Organization

PASSWORD = "thu-nghiem-2018"


class Command(CleanedCommand):
    help = "Nạp dữ liệu mẫu: tổ chức và con người không có thật, số liệu tổng hợp như năm 2017 đã công bố."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "PRODUCTION=1: không nạp dữ liệu mẫu, vì ai cũng biết mật khẩu của các tài khoản mẫu. "
                "Muốn xem thử, hãy chạy ở nơi khác, không đặt PRODUCTION."
            )
        if Installation.objects.filter(loaded=True).exists():
            self._greet("Dữ liệu mẫu đã có sẵn, không thay đổi gì.")
            return
        if User.objects.exists() or Organization.objects.exists():
            raise CommandError("Cơ sở dữ liệu này đã có dữ liệu khác. Dữ liệu mẫu chỉ nạp vào một cơ sở dữ liệu trống.")
        Loader(os.environ.get("DEMO_PASSWORD") or PASSWORD).load()
        self._greet("Đã nạp dữ liệu mẫu.")

    def _greet(self, done):
        password = "như DEMO_PASSWORD lúc nạp" if os.environ.get("DEMO_PASSWORD") else PASSWORD
        self.stdout.write(
            f"{done}\n"
            f"Mật khẩu chung: {password}\n"
            "  quantri     quản trị            bantochuc   Ban Tổ chức Đảng ủy Khối\n"
            "  kiemtra     Ủy ban Kiểm tra     lanhdao     lãnh đạo Đảng ủy Khối\n"
            "  danguy.DB01 … danguy.DB25       đảng ủy cơ sở\n"
            "  bithu.DB01-01 … bithu.CB31      bí thư chi bộ"
        )
