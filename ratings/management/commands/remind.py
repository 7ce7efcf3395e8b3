from django.conf import settings
from django.core.management.base import CommandError

from ledger import clock
from ledger.management.arguments import CleanedCommand
from ratings.tasks import mail


class Command(CleanedCommand):
    help = "Gửi thư nhắc việc xếp loại sắp đến hạn hoặc quá hạn tới các tài khoản có địa chỉ thư."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="chỉ in ra sẽ nhắc ai, không gửi")

    def handle(self, **options):
        with clock.fixed():
            if options["dry_run"]:
                self._tell(mail.due_soon())
            elif not mail.is_configured():
                self.stdout.write("Chưa cấu hình thư điện tử (EMAIL_URL), không gửi thư nào.")
            elif not settings.SITE_ADDRESS:
                raise CommandError("Hãy đặt SITE_ADDRESS, ví dụ https://khoi.tinh.example, để thư dẫn được về trang.")
            else:
                self._send(mail.due_soon())

    def _tell(self, found):
        for user, tasks in found:
            self.stdout.write(f"{user.username}\t{user.email}\t{len(tasks)} việc, {tasks[0].deadline.words}")
        self.stdout.write(f"{len(found)} tài khoản cần nhắc.")

    def _send(self, found):
        failed = mail.send(mail.letter(user, tasks) for user, tasks in found)
        self.stdout.write(f"Đã gửi {len(found) - len(failed)} thư nhắc việc.")
        if failed:
            raise CommandError(f"Không gửi được tới: {', '.join(failed)}. Hãy kiểm tra địa chỉ và máy chủ thư.")
