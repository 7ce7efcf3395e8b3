import csv
import json
import re

from django.core.management.base import CommandError

from indicators import machine, wording
from indicators.board import board, known_years, left_out, the_years
from ledger import clock
from ledger.management.arguments import CleanedCommand, day
from ledger.numbers import day_in_words, group
from ledger.text import within_sentence
from organizations.commands import organization


class Command(CleanedCommand):
    help = "In kết quả các nhóm chỉ tiêu của một năm hoặc nhiều năm."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="một năm, ví dụ 2017")
        parser.add_argument("--years", help="nhiều năm, ví dụ 2013-2017")
        parser.add_argument("--organization", default="", help="mã tổ chức; bỏ trống là toàn Đảng bộ")
        parser.add_argument("--as-of", help="tính như vào ngày này")
        parser.add_argument("--format", choices=["text", "json", "csv"], default="text")

    def handle(self, **options):
        as_of = day(options["as_of"]) if options["as_of"] else None
        years = self._years(options)
        boards = [self._board(options["organization"], year, as_of) for year in years]
        many = bool(options["years"])
        if options["format"] == "json":
            data = [machine.figures(b, b.year.window.last) for b in boards]
            self.stdout.write(json.dumps(data if many else data[0], ensure_ascii=False, indent=1))
        elif options["format"] == "csv":
            self._csv(boards, many)
        elif many:
            frame = machine.pivot([machine.figures(b, b.year.window.last) for b in boards])
            self.stdout.write(frame.fillna("–").to_string())
        else:
            self._text(boards[0])

    def _years(self, options):
        known = known_years()
        if options["years"]:
            span = re.fullmatch(r"(\d{4})-(\d{4})", options["years"])
            if not span or span[1] > span[2]:
                raise CommandError("Viết khoảng năm như 2013-2017.")
            years = [y for y in range(int(span[1]), int(span[2]) + 1) if y in known]
        else:
            latest = known[-1] if known else clock.today().year
            year = latest if options["year"] is None else options["year"]
            years = [year] if year in known else []
        if not years:
            have = f"Có các năm: {', '.join(map(str, known))}." if known else "Nạp dữ liệu mẫu: manage.py load_demo."
            raise CommandError(f"Không có nhóm chỉ tiêu cho năm được hỏi. {have}")
        return years

    def _board(self, code, year, as_of):
        if as_of and as_of.year < year:
            raise CommandError(f"Ngày {day_in_words(as_of)} trước năm {year}.")
        where = organization(code, the_years([year], as_of)[year].window.last)
        return board(where, year, years=[year], as_of=as_of)

    def _csv(self, boards, many):
        if many:
            machine.pivot([machine.figures(b, b.year.window.last) for b in boards]).to_csv(self.stdout)
            return
        columns = ["order", "code", "name", "numerator", "denominator", "value", "exact", "unit", "target", "excess"]
        columns += ["excess_unit", "verdict"]
        writer = csv.DictWriter(self.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(machine.figures(boards[0], boards[0].year.window.last)["groups"])

    def _text(self, board_):
        out = self.stdout.write
        s = board_.structure
        out(f"{board_.place.name}, số liệu đến {day_in_words(board_.year.window.last)}")
        out(
            f"{group(s['grassroots'])} tổ chức cơ sở đảng = {s['committees']} đảng bộ cơ sở + {s['grassroots_cells']} "
            f"chi bộ cơ sở; {s['subordinate_cells']} chi bộ trực thuộc; {s['cells']} chi bộ; {group(s['members'])} đảng viên"
        )
        out(wording.headline(board_) + (f" ({wording.provisional(board_)})" if board_.year.unfinished else ""))
        for line in board_.cards():
            out(f"{line.group.order}. {line.group.name}: {self._figure(line)}")
            for part in board_.parts(line):
                out(f"     trong đó {part.indicator.name}: {self._figure(part)}")
            for why, n in left_out(line.indicator, board_.place.organization, board_.year):
                out(f"     không tính {group(n)}: {why}")

    def _figure(self, line):
        text = wording.value(line)
        if line.result.denominator is not None:
            text += (
                f" ({group(line.result.numerator)}/{group(line.result.denominator)} {line.indicator.denominator_name})"
            )
        if line.result.by_rounding:
            text += f" (chính xác {wording.exact(line)})"
        if line.result.target is not None:
            text += f" · chỉ tiêu {wording.target(line)} · {within_sentence(wording.verdict(line))}"
        elif line.state:
            text = line.state.text
        corrected = wording.correction(line)
        return f"{text} · {corrected}" if corrected else text
