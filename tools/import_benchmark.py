"""What importing members costs as the file grows: memory beyond the start and time a row, as ratios to the smallest file.

    python tools/import_benchmark.py [--rows 23000 115000 230000] [--no-write]

Each size is brought by a process of its own into a database of its own: a small world of 200 cells and nobody like those in
the file, who are all new. DATABASE_URL of a PostgreSQL server asks that one (databases khoi_benchmark… are made there and
dropped); without it SQLite is asked. Memory: the highest resident size since the start of the step, less what the process held
after a file of 200 rows. Linux alone tells it (/proc/self/status).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BASE = "khoi_benchmark"
HEADER = "Họ và tên;Giới tính;Ngày sinh;Dân tộc;Số thẻ đảng viên;Chuyên môn;Nghề nghiệp;Chi bộ;Quyết định kết nạp;Ngày vào Đảng;Chính thức"
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Hữu Ngọc Minh Đức Thanh Quang Xuân Thu Hồng Kim Bá Công Gia Tuấn".split()
GIVEN = "An Anh Bảo Bình Châu Chi Cường Dung Dũng Duy Giang Hà Hải Hạnh Hiền Hoa Hòa Huệ Hùng Hương Khánh Lan Linh Long Mai Nam".split()
GROUPS, CELLS_OF_EACH, WARM_UP = 10, 20, 200


def table(path, rows):
    """`rows` people, as the export of a register has them: names come again, no birth with the same name, nor a card."""
    chance, seen = Random(1), set()
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        while len(seen) < rows:
            words = (chance.choice(FAMILY), chance.choice(MIDDLE), chance.choice(MIDDLE), chance.choice(GIVEN))
            born = date(1945, 1, 1) + timedelta(days=chance.randrange(16_500))
            if (words, born) in seen:
                continue
            seen.add((words, born))
            joined = born + timedelta(days=365 * 25)
            cell = f"TS{len(seen) % GROUPS:02}-{len(seen) // GROUPS % CELLS_OF_EACH:02}"
            days = (f"{day:%d/%m/%Y}" for day in (joined - timedelta(days=9), joined, joined + timedelta(days=366)))
            file.write(f"{' '.join(words)};Nam;{born:%d/%m/%Y};Kinh;{20_000_000 + len(seen)};Đại học;Chuyên viên;")
            file.write(f"{cell};{';'.join(days)}\n")


def found():
    """The small world in the database that is asked, with cells for the many."""
    from django.core.management import call_command

    from imports.models import ImportLimits
    from ledger import clock
    from tests.world import TODAY, World

    call_command("migrate", verbosity=0)
    ImportLimits.objects.update(megabytes=100)
    with clock.fixed(TODAY):
        world = World()
        groups = [(f"TS{n:02}", "DBCS", "K") for n in range(GROUPS)]
        world.found(*groups)
        world.found(*((f"{g[0]}-{n:02}", "CBTT", g[0]) for g in groups for n in range(CELLS_OF_EACH)))
        _say(world.user("ORGANIZATION", "K").username)


def measured(path, user, *, write):
    """Seconds and kilobytes beyond the start, of each step of the file at `path`."""
    from imports.kinds.registry import kind_of
    from imports.runs import store
    from ledger import clock
    from ledger.models import User
    from tests.world import TODAY

    kind, by = kind_of("dang-vien"), User.objects.get(username=user)
    steps = {}

    def step(name, do):
        Path("/proc/self/clear_refs").write_text("5")  # the highest resident size is told anew
        before, since = _kilobytes("VmRSS"), monotonic()
        done = do()
        steps[name] = {"seconds": monotonic() - since, "beyond": _kilobytes("VmHWM") - start, "before": before - start}
        return done

    def opened(path):
        with path.open("rb") as file:
            run = store.open_run(kind, path.name, iter(lambda: file.read(2**16), b""), by=by)
        store.lay_out(run, store.layout_of(run), {"tu_ngay": "31/12/2017"})
        return run

    with clock.fixed(TODAY):
        warm = path.with_name("warm.csv")
        with path.open("rb") as file:
            warm.write_bytes(b"".join(next(file) for _ in range(WARM_UP)))
        run = opened(warm)
        store.look(run, store.job_of(run, kind, by))
        start = _kilobytes("VmRSS")
        run = step("open", lambda: opened(path))
        report = step("look", lambda: store.look(run, store.job_of(run, kind, by)))
        if write:
            step("write", lambda: store.write(run, store.job_of(run, kind, by)))
    return {"start": start, "counts": dict(report.counts), "bytes": path.stat().st_size, **steps}


def _kilobytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name + ":")).split()[1])


class SqliteServer:
    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self.folder / name}.sqlite3"

    def copy(self, name):
        shutil.copy(self.folder / f"{BASE}.sqlite3", self.folder / f"{name}.sqlite3")

    def drop(self, name):
        (self.folder / f"{name}.sqlite3").unlink(missing_ok=True)


class PostgresServer:
    def __init__(self, url):
        self.at = urlsplit(url)
        self.drop(BASE)
        self._ask(f'CREATE DATABASE "{BASE}"')

    def url(self, name):
        return self.at._replace(path=f"/{name}").geturl()

    def copy(self, name):
        self.drop(name)
        self._ask(f'CREATE DATABASE "{name}" TEMPLATE "{BASE}"')

    def drop(self, name):
        self._ask(f'DROP DATABASE IF EXISTS "{name}"')

    def _ask(self, statement):
        import psycopg2

        connection = psycopg2.connect(self.at.geturl())
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


def compared(sizes, *, write):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        url = os.environ.get("DATABASE_URL", "")
        server = PostgresServer(url) if url.startswith("postgres") else SqliteServer(folder)
        user = _apart(server.url(BASE), "--found").strip().splitlines()[-1]
        told = {}
        for rows in sizes:
            path, name = folder / "people.csv", f"{BASE}_{rows}"
            table(path, rows)
            server.copy(name)
            asked = ["--measure", str(path), "--user", user, *([] if write else ["--no-write"])]
            told[rows] = json.loads(_apart(server.url(name), *asked).strip().splitlines()[-1])
            server.drop(name)
            _tell(told, rows)
        server.drop(BASE)


def _apart(url, *asked):
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, __file__, *asked], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _tell(told, rows):
    least, here = told[min(told)], told[rows]
    _say(f"{rows} rows, {here['bytes'] / 1e6:.1f} MB, start {here['start'] / 1024:.0f} MB: {here['counts']}")
    for name in ("open", "look", "write"):
        if name in here:
            was, now = least[name], here[name]
            times = (now["seconds"] / rows) / (was["seconds"] / min(told))
            _say(
                f"  {name:6} {now['beyond'] / 1024:6.1f} MB beyond the start (× {now['beyond'] / max(was['beyond'], 1):.2f}), "
                f"{1000 * now['seconds'] / rows:.2f} ms a row (× {times:.2f}), {now['seconds']:.0f} s"
            )


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[23_000, 115_000, 230_000])
    parser.add_argument("--no-write", action="store_true", help="look alone")
    parser.add_argument("--found", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--user", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not (asked.found or asked.measure):
        compared(sorted(asked.rows), write=not asked.no_write)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoi_ccq.settings")
    import django

    django.setup()
    if asked.found:
        found()
    else:
        _say(json.dumps(measured(asked.measure, asked.user, write=not asked.no_write)))


if __name__ == "__main__":
    main()
