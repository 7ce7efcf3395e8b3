"""However many rows a file has, it asks the database as often: of every kind whose rows are looked up or compared."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.runs import store
from tests.imports.by_file import job, opened, table, written
from tests.imports.kinds.test_ratings import HEADER as RATED
from tests.imports.kinds.test_ratings import ON as RATED_ON
from tests.imports.kinds.test_ratings import PAPER
from tests.ratings.desk import Desk
from tests.world import PEOPLE

FEW, MANY = 2, 9
CELLS = ("DB01-01", "DB01-02", "CB01")
ORGANIZATIONS = ("DB01", "DB02", "DB03", "CB01", "CB02", "DB01-01", "DB01-02", "DB02-01", "DB02-02")
PERSON = ("Họ tên", "Giới tính", "Ngày sinh", "Dân tộc", "Chi bộ", "Ngày QĐ kết nạp", "NVĐ", "Nghề nghiệp", "NCT")
INSPECTED = ("Năm", "Loại", "Nội dung", "Tổ chức tiến hành", "Đối tượng", "Hoàn thành ngày")
LETTER = ("Số đơn", "Tổ chức", "Nhận ngày", "Hạn", "Thụ lý ngày")


def people(n, post="", official="", year=2000):
    days = f"20/01/{year}", f"03/02/{year}"
    rows = [
        (f"Trần Thị {letter}a", "Nữ", f"{k + 1:02}/02/197{k}", "Kinh", CELLS[k % 3], *days, post, official)
        for k, letter in enumerate("ABCDEGHIK"[:n])
    ]
    return table(PERSON, *rows)


def inspected(n, done=""):
    return table(INSPECTED, *[("2017", "KT", f"Đợt {k}", "K", ORGANIZATIONS[k % 5], done) for k in range(n)])


def received(n, accepted=""):
    rows = [(f"{k}/ĐT", ORGANIZATIONS[k % 5], f"{k + 1:02}/02/2017", "06/06/2017", accepted) for k in range(n)]
    return table(LETTER, *rows)


def rated(n):
    cells = list(PEOPLE)[: max(n - 1, 1)]
    return table(RATED, *[(name, "15/06/1980", cell, "HTTNV", "") for cell in cells for name in PEOPLE[cell]])


def of_organizations(*columns, **cells):
    return lambda n: table(
        ("Mã", *columns), *[(code, *(of(code) for of in cells.values())) for code in ORGANIZATIONS[:n]]
    )


def posts(n):
    names = [line.split("\t") for line in people(n).splitlines()[1:]]
    rows = [(row[0], row[2], row[4], "Chi ủy viên", row[4], "01/04/2017") for row in names]
    return table(("Họ tên", "Ngày sinh", "Chi bộ", "Chức vụ", "Ở tổ chức", "Từ ngày"), *rows)


NEW_CELLS = (
    "to-chuc",
    "ORGANIZATION",
    lambda n: table(("Tên", "Loại", "Trực thuộc"), *[(f"Chi bộ {k}", "CBTT", "DB01") for k in range(n)]),
)
CASES = {
    "members": ("dang-vien", "ORGANIZATION", people),
    "members amended": ("dang-vien", "ORGANIZATION", lambda n: people(n, "Văn thư")),
    "members held against": ("doi-chieu", "ORGANIZATION", lambda n: people(n, "Văn thư")),
    "admissions": ("ket-nap", "ORGANIZATION", lambda n: people(n, year=2017)),
    "recognitions": ("ket-nap", "ORGANIZATION", lambda n: people(n, official="03/02/2018", year=2017)),
    "posts": ("chuc-vu", "ORGANIZATION", posts),
    "cells": NEW_CELLS,
    "organizations renamed": ("to-chuc", "ORGANIZATION", of_organizations("Tên", name=lambda code: f"Tên mới {code}")),
    "inspections": ("kiem-tra", "INSPECTION", inspected),
    "inspections carried out": ("kiem-tra", "INSPECTION", lambda n: inspected(n, "01/03/2017")),
    "letters": ("don-thu", "INSPECTION", received),
    "letters accepted": ("don-thu", "INSPECTION", lambda n: received(n, "05/03/2017")),
    "ratings": ("xep-loai", "ORGANIZATION", rated),
    "ratings of organizations": ("xep-loai-to-chuc", "ORGANIZATION", of_organizations("Mức", level=lambda _: "HTTNV")),
}
BEFORE = {  # what stands of the same rows already
    "members amended": people,
    "members held against": people,
    "recognitions": lambda n: people(n, year=2017),
    "posts": people,
    "inspections carried out": inspected,
    "letters accepted": received,
}


@pytest.mark.parametrize("case", CASES)
def test_queries_do_not_grow_with_rows(world, case):
    kind, role, rows = CASES[case]
    user, given = world.user(role, "K"), {"on": date(2018, 6, 1)}
    if kind.startswith("xep-loai"):
        Desk(world)
        given = {"on": RATED_ON} | PAPER
    if before := BEFORE.get(case):
        written("dang-vien" if kind in ("doi-chieu", "chuc-vu") else kind, before(MANY), user, on=date(2017, 3, 1))

    def asked(n):
        run = opened(kind, rows(n), user, **given)
        store.look(run, job(run))
        with CaptureQueriesContext(connection) as queries:
            store.look(run, job(run))
        assert set(run.report["counts"]) <= {"tao", "sua", "hoi"} and sum(run.report["counts"].values()) >= n
        return len([query for query in queries.captured_queries if "advisory" not in query["sql"]])

    assert asked(MANY) <= asked(FEW) + 1  # one more where a second chunk of something is first asked about
