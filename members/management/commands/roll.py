import json

from ledger import clock
from ledger.management.arguments import CleanedCommand, day
from ledger.numbers import day_in_words
from members.models import Status
from members.roll.on_a_day import is_probationary, roll
from organizations.commands import organization


class Command(CleanedCommand):
    help = "In danh sách đảng viên của một tổ chức vào một ngày."

    def add_arguments(self, parser):
        parser.add_argument("--date", type=str, help="ngày, ví dụ 2017-12-31; bỏ trống là hôm nay")
        parser.add_argument("--organization", default="", help="mã tổ chức; bỏ trống là toàn Đảng bộ")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, **options):
        on = day(options["date"]) if options["date"] else clock.today()
        rows = [self._record(row, on) for row in roll(organization(options["organization"], on), on)]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            line = (row["organization"], row["name"], row["born"], "dự bị" if row["probationary"] else "chính thức")
            self.stdout.write("\t".join(line))
        self.stdout.write(f"{len(rows)} đảng viên vào ngày {day_in_words(on)}")

    def _record(self, row, on):
        member = row.member
        return {
            "id": member.pk,
            "name": member.full_name,
            "sex": member.sex,
            "born": member.born,
            "age": member.age(on),
            "ethnic_group": member.ethnic_group.name,
            "organization": row.organization.code,
            "since": row.starts.isoformat(),
            "joined": row.joined_on and row.joined_on.isoformat(),
            "decided": row.decided_on and row.decided_on.isoformat(),
            "official": row.official_on and row.official_on.isoformat(),
            "probationary": is_probationary(row),
            "status": Status.Kind(row.status).name if row.status else None,
        }
