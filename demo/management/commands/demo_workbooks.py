from pathlib import Path

from django.core.management.base import CommandError

from demo.workbooks import writing
from imports.workbooks.examples import KEPT, examples, workbook
from ledger.management.arguments import CleanedCommand
from ledger.models import Installation


class Command(CleanedCommand):
    help = "Ghi số liệu của bản minh họa thành các tệp Excel mà trang Nhập dữ liệu nhận, vào một thư mục. Không cần cơ sở dữ liệu."

    def add_arguments(self, parser):
        parser.add_argument("directory", nargs="?", help="thư mục để ghi; chưa có thì được tạo")
        parser.add_argument(
            "--renew",
            action="store_true",
            help="cho người sửa mã: lập lại các bảng đi kèm mã nguồn từ bản minh họa vừa nạp trong cơ sở dữ liệu này",
        )

    def handle(self, **options):
        if options["renew"]:
            if not Installation.objects.filter(loaded=True).exists():
                raise CommandError("Cơ sở dữ liệu này không có số liệu minh họa. Hãy nạp trước: manage.py load_demo.")
            self.stdout.write(f"Đã lập lại {writing.renew(KEPT)} bảng ở {KEPT}.")
            examples.cache_clear()
        if directory := options["directory"]:
            self._write(Path(directory))
        elif not options["renew"]:
            raise CommandError("Hãy cho biết thư mục để ghi, ví dụ: manage.py demo_workbooks /tmp/vi-du")

    def _write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for example in examples():
            (folder / example.file_name).write_bytes(workbook(example))
            self.stdout.write(f"{example.file_name}: {example.rows} dòng. {example.typed} {example.note}".rstrip())
