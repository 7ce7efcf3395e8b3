"""The example workbooks: what the importer makes of them, and where they are had."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from imports.columns.layout import Layout, lines
from imports.kinds.registry import KINDS
from imports.reading.open_file import open_book, open_pasted
from imports.runs import store
from imports.workbooks.examples import examples, table_of, workbook
from ledger.models import User
from members.models import Entry, Membership
from tests.hand import signed_in_as
from tests.imports.by_file import looked_at, table, written
from tests.imports.kinds.test_members import HEADER, HOA, TAM
from tests.indicators.board import set_groups

# The one compares with the register, the other is made from it.
WITHOUT = {"doi-chieu", "phieu-xep-loai"}
KINDS_SHOWN = KINDS.keys() - WITHOUT
UNDATED = {"chi-tieu", "bien-che", "xep-loai-to-chuc", "to-chuc"}
FEW = 60


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def test_every_kind_that_an_office_fills_in_has_one():
    assert {one.kind for one in examples()} == KINDS_SHOWN
    assert [one.name for one in examples()] == sorted(one.name for one in examples())


def shortest(kind):
    return min((one for one in examples() if one.kind == kind), key=lambda one: one.rows)


def read(kind, book):
    """(the Layout as guessed, the rows as they are read)"""
    layout = Layout.guessed(book, kind.columns, {})
    assert "" not in layout.names and not layout.missing(kind.columns)
    return layout, list(lines(book, layout, kind.columns))


@pytest.fixture
def both_years(world):
    """The columns of targets are the indicators that there are."""
    set_groups(world, 2017)
    set_groups(world, 2018)


def test_each_cell_of_the_first_rows_is_understood(both_years):
    """All rows go the whole way in tests/browser/from_excel."""
    for example in examples():
        header, *rows = table_of(example)
        assert len(rows) == example.rows
        few = rows[:FEW]
        _, found = read(KINDS[example.kind], open_pasted(table(header, *few)))
        assert len(found) == len(few), example
        assert [(example, line.faults) for line in found if line.faults] == []


@pytest.mark.parametrize("code", sorted(KINDS_SHOWN - {"xep-loai"}))
def test_a_workbook_says_the_same_as_its_table(both_years, code):
    example, kind = shortest(code), KINDS[code]
    book = open_book(example.file_name, workbook(example), store.limits())
    layout, found = read(kind, book)
    header, *rows = table_of(example)
    assert (layout.header, list(layout.headings)) == (4, header)
    said = [[line.texts[name] for name in layout.names] for line in found]
    assert said == rows
    assert any(isinstance(cell, date) for row in book.rows(0) for cell in row) == (code not in UNDATED)


def test_an_office_downloads_them(office):
    client = signed_in_as(office)
    page = client.get(reverse("import_examples"))
    one = next(one for one in examples() if one.kind == "ket-nap")
    assert reverse("import_example", args=[one.name]) in page.content.decode()
    assert "kỳ xếp loại năm 2017, văn bản số 17-QĐ/XLĐV ngày 26/12/2017" in page.content.decode()
    assert [e.kind for e, _ in client.get(reverse("import_examples"), {"loai": "xep-loai"}).context["examples"]] == [
        "xep-loai"
    ] * 5
    answer = client.get(reverse("import_example", args=[one.name]))
    assert answer["Content-Disposition"] == f'attachment; filename="{one.file_name}"'
    assert open_book(one.file_name, answer.content, store.limits()).sheets == ("Dữ liệu",)
    assert client.get(reverse("import_example", args=["khong-co"])).status_code == 404
    assert client.get(reverse("import_examples"), {"loai": "khong-co"}).status_code == 404
    archive = ZipFile(BytesIO(client.get(reverse("import_examples_together")).content))
    assert archive.namelist() == [e.file_name for e in examples()]
    assert "Tệp ví dụ" in client.get(reverse("imports")).content.decode()


def test_they_are_there_before_anything_else_is(db):
    client = signed_in_as(User.objects.create_superuser("goc"))
    assert reverse("import_examples") in client.get(reverse("first_steps")).content.decode()
    assert client.get(reverse("import_examples")).status_code == 200


def test_who_imports_nothing_has_none(world):
    client = signed_in_as(world.user("LEADER", "K"))
    for url in (reverse("import_examples"), reverse("import_example", args=[examples()[0].name])):
        assert client.get(url).status_code == 403


def test_the_command_writes_them_into_a_folder(tmp_path, capsys):
    call_command("demo_workbooks", str(tmp_path / "vi-du"))
    assert sorted(p.name for p in (tmp_path / "vi-du").iterdir()) == [e.file_name for e in examples()]
    assert Path(tmp_path / "vi-du" / examples()[1].file_name).read_bytes()[:2] == b"PK"
    assert f"{examples()[1].file_name}: 218 dòng." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Hãy cho biết thư mục"):
        call_command("demo_workbooks")


def test_nothing_is_renewed_from_a_register_that_is_no_demonstration(db):
    with pytest.raises(CommandError, match="Hãy nạp trước"):
        call_command("demo_workbooks", renew=True)


def test_who_came_from_elsewhere_after_the_beginning_counts_as_come(office):
    header = (*HEADER, "Vào danh sách do")
    brought = written("dang-vien", table(header, (*HOA, "Chuyển sinh hoạt đến"), (*TAM, "")), office)
    assert brought.counts == {"tao": 2}
    entries = dict(Membership.objects.filter(added=brought.run.change).values_list("member__full_name", "entry"))
    assert entries == {"Trần Thị Hoa": Entry.ARRIVED, "Bùi Tám": Entry.OPENING}
    assert "chuyển đến từ đảng bộ khác" in brought.rows[2]["told"] and "lập sổ" not in brought.rows[3]["told"]
    wrong = looked_at("dang-vien", table(header, (*HOA[:4], "999999", *HOA[5:], "Kết nạp")), office)
    assert wrong.reasons(2) == ["Không hiểu “Kết nạp”. Chỉ hiểu: Có khi lập sổ, Chuyển đến từ đảng bộ khác."]
