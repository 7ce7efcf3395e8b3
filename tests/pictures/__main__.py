"""./run pictures DIRECTORY · ./run pictures --html DIRECTORY · ./run pictures --compare BEFORE AFTER

Takes every screen of the demonstration into DIRECTORY: pictures at three widths, by day and by night, on paper; and
the text and structure of each page with white space collapsed (--html: these alone, without a browser). Two sets of one
commit are equal to the pixel; --compare lists what differs and then ends with status 1.
"""

import argparse
import re
import sys
import time
from pathlib import Path

from .compare import compare


def main():
    parser = argparse.ArgumentParser(prog="./run pictures", description=__doc__, formatter_class=_AsWritten)
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIRECTORY")
    parser.add_argument("--compare", action="store_true", help="so hai bộ ảnh BEFORE AFTER")
    parser.add_argument("--into", type=Path, help="nơi đặt ảnh đánh dấu chỗ khác (mặc định: AFTER/differences)")
    parser.add_argument("--html", action="store_true", help="chỉ chữ và cấu trúc của trang, không chụp")
    parser.add_argument("--only", default="", metavar="PATTERN", help="chỉ những màn hình có tên khớp mẫu")
    parser.add_argument(
        "--views", default="", metavar="PATTERN", help="chỉ những cách nhìn khớp mẫu, ví dụ light|print"
    )
    parser.add_argument("--jobs", type=int, default=2, help="số trình duyệt chạy cùng lúc")
    asked = parser.parse_args()
    if len(asked.directories) != (2 if asked.compare else 1):
        parser.error("--compare cần hai thư mục; chụp cần một")
    return _compare(asked) if asked.compare else _take(asked)


class _AsWritten(argparse.RawDescriptionHelpFormatter):
    pass


def _compare(asked):
    before, after = asked.directories
    told = compare(before, after, asked.into or after / "differences")
    say("\n".join(told) or "Hai bộ giống nhau từng điểm ảnh.")
    return 1 if told else 0


def _take(asked):
    from .take import VIEWS, take

    target, started = asked.directories[0].resolve(), time.monotonic()
    if target.exists() and any(target.iterdir()):
        say(f"{target} không trống.")
        return 2
    views = [] if asked.html else [view for view in VIEWS if re.search(asked.views, view)]
    target.mkdir(parents=True, exist_ok=True)
    count = take(target, only=asked.only, views=views, jobs=asked.jobs)
    say(f"{count} màn hình, {time.monotonic() - started:.0f} giây: {target}")
    return 0


def say(words):
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
