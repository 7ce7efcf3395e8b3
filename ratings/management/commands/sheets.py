import json

from ledger import clock
from ledger.management.arguments import CleanedCommand
from ledger.numbers import group
from organizations.commands import organization
from ratings.commands import period_of
from ratings.models import State
from ratings.periods.progress import by_state, progress


class Command(CleanedCommand):
    help = "In trạng thái phiếu xếp loại của mọi chi bộ trong một kỳ."

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, help="kỳ, ví dụ 2018 hoặc 2025-q4")
        parser.add_argument("--organization", default="", help="mã đảng bộ; bỏ trống là đảng bộ duy nhất")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, **options):
        with clock.fixed():
            rows = progress(period_of(options["period"], organization(options["organization"], clock.today())))
        if options["format"] == "json":
            self.stdout.write(json.dumps([self._record(row) for row in rows], ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(self._line(row))
        tally = ", ".join(f"{group(n)} {state.label}" for state, n in by_state(rows) if n)
        self.stdout.write(f"{group(len(rows))} chi bộ: {tally or 'không có'}")

    def _line(self, row):
        counts = f"{row.rated}/{row.roll} được xếp loại, {row.out_of_scope} không thuộc diện, {row.not_yet} chưa"
        state = State(row.sheet.state).label
        whom = f"chờ {row.waits_for}" if row.waits_for else "–"
        return "\t".join([row.place.organization.code, state, counts, whom])

    def _record(self, row):
        return {
            "organization": row.roof.organization.code,
            "cell": row.place.organization.code,
            "state": row.sheet.state,
            "roll": row.roll,
            "rated": row.rated,
            "out_of_scope": row.out_of_scope,
            "not_yet": row.not_yet,
            "waits_for": row.waits_for or None,
        }
