from axes.utils import reset
from django.core.management.base import CommandError
from django.utils.timezone import localtime

from khoi_ccq.proxies import address_in, counted_as
from khoi_ccq.sign_in import PAUSE, locked, slowed
from ledger.management.arguments import CleanedCommand
from ledger.models import User
from ledger.numbers import day_in_words


class Command(CleanedCommand):
    help = "Mở khóa đăng nhập của tài khoản hoặc địa chỉ; không nêu gì thì liệt kê ai đang bị khóa."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", metavar="TÊN", help="tên đăng nhập")
        parser.add_argument("--address", action="append", default=[], metavar="ĐỊA_CHỈ", help="địa chỉ mạng")

    def handle(self, *, names, address, **options):
        unknown = set(names) - set(User.objects.filter(username__in=names).values_list("username", flat=True))
        if unknown:
            raise CommandError(f"Không có tài khoản {', '.join(sorted(unknown))}. Không mở khóa gì.")
        if wrong := [a for a in address if address_in(a) is None]:
            raise CommandError(f"“{wrong[0]}” không phải là địa chỉ mạng. Không mở khóa gì.")
        for name in names:
            self._done(f"tài khoản {name}", reset(username=name))
        for one in address:
            self._done(f"địa chỉ {one}", reset(ip=counted_as(address_in(one))))
        if not names and not address:
            self._list()

    def _done(self, whom, attempts):
        state = "đã mở khóa" if attempts else "không bị khóa"
        self.stdout.write(f"{whom[0].upper()}{whom[1:]}: {state}.")

    def _list(self):
        whom = locked()
        for who, until in whom:
            until = localtime(until)
            self.stdout.write(f"{who}: khóa đến {until:%H:%M} {day_in_words(until)}")
        slow = slowed()
        for one in slow:
            self.stdout.write(f"{one[0].upper()}{one[1:]}: mỗi lần thử phải cách nhau {PAUSE.seconds} giây")
        if not whom and not slow:
            self.stdout.write("Không có tài khoản nào đang bị khóa.")
