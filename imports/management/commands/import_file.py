import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from imports.columns.column import RowOutcome
from imports.kinds.registry import KINDS
from imports.models import ImportRun
from imports.reading.scratch import PIECE
from imports.runs import store
from imports.runs.report import all_told, faulty_rows, summary
from ledger.acts import Refused
from ledger.management.arguments import CleanedCommand
from ledger.models import User
from ledger.text import within_sentence

NOTHING_WRONG, SOME_REFUSED = 0, 3


class Command(CleanedCommand):
    help = "Nhập một tệp như trang Nhập dữ liệu. Kết thúc bằng 0 khi mọi dòng ghi được hoặc đã đúng, 3 khi còn dòng phải sửa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), help="loại dữ liệu")
        parser.add_argument("file", help="tệp xlsx, xls, ods hoặc csv")
        parser.add_argument("--by", required=True, help="tên đăng nhập của người nhập; quyền như trên trang")
        parser.add_argument(
            "--set", action="append", default=[], metavar="Ô=GIÁ TRỊ", help="ghi cho cả tệp, ví dụ tu_ngay=31/12/2016"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem thử, không ghi")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, **options: Any) -> None:
        kind = KINDS[options["kind"]]
        user = User.objects.filter(username=options["by"], is_active=True).first()
        if user is None or not kind.is_open_to(user):
            raise CommandError(f"Tài khoản “{options['by']}” không có quyền nhập {within_sentence(kind.title)}.")
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}.")
        given = dict(pair.partition("=")[::2] for pair in options["set"])
        if unknown := sorted(given.keys() - kind.form_class.base_fields.keys()):
            raise CommandError(f"Không có ô {', '.join(unknown)}. Có: {', '.join(kind.form_class.base_fields)}.")
        run = None
        try:
            with path.open("rb") as file:
                run = store.open_run(kind, path.name, iter(lambda: file.read(PIECE), b""), by=user, anew=True)
            done = self._carry_out(run, given, options)
        except Refused as refused:
            if run:
                store.drop(run)  # nobody comes back to it
            raise CommandError("\n".join(refused.messages)) from refused
        self._tell(done, options)

    def _carry_out(self, run: ImportRun, given: dict[str, str], options: dict[str, Any]) -> ImportRun:
        kind = KINDS[run.kind]
        run.given = given
        store.lay_out(run, store.layout_of(run), given)
        job = store.job_of(run, kind, run.by)
        report = store.look(run, job)
        if options["dry_run"] or not any(report.counts[o] for o in (RowOutcome.CREATE, RowOutcome.CHANGE)):
            store.drop(run)
            return run
        return store.write(run, job)

    def _tell(self, run: ImportRun, options: dict[str, Any]) -> None:
        report = run.report
        if options["format"] == "json":
            self._tell_as_json(run)
        else:
            for row in faulty_rows(run):
                for column, value, why in row.get("faults", []):
                    self.stdout.write(f"Dòng {row['number']}: {column} {f'“{value}” ' if value else ''}{why}".strip())
                if "question" in row:
                    self.stdout.write(f"Dòng {row['number']}: {row['question']['text']} (trả lời trên trang)")
            for sentence in report.get("remarks", ()):
                self.stdout.write(sentence)
            told = "đã ghi" if run.change_id else "chưa ghi gì"
            self.stdout.write(f"{run.name}: {summary(run) or 'không có dòng nào'} ({told}).")
        if any(report["counts"].get(o) for o in (RowOutcome.REFUSE, RowOutcome.ASK)):
            raise SystemExit(SOME_REFUSED)

    def _tell_as_json(self, run: ImportRun) -> None:
        """Row by row: there may be as many as the file has."""
        whole = {name: said for name, said in run.report.items() if name != "rows"}
        head = json.dumps({"written": run.change_id is not None} | whole, ensure_ascii=False, indent=1)
        self.stdout.write(head.removesuffix("\n}") + ',\n "rows": [', ending="")
        before = "\n  "
        for row in all_told(run):
            self.stdout.write(before + json.dumps(row, ensure_ascii=False), ending="")
            before = ",\n  "
        self.stdout.write("\n ]\n}")
