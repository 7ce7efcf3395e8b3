"""Who consents to an admission over sixty, in files: template, refusals and what is written follow the office's row."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.kinds.registry import kind_of
from imports.reading.open_file import open_book
from imports.runs import store
from imports.workbooks import template
from members.models import Admission, ConsentRule
from tests.imports.by_file import job, looked_at, opened, table, written

ON = date(2018, 6, 1)
PROVINCE, BLOC = "Ban Thường vụ Tỉnh ủy", "Đảng ủy Khối"
HEADER = (
    "Họ và tên",
    "Nam/Nữ",
    "Ngày sinh",
    "Dân tộc",
    "Chi bộ",
    "Ngày QĐ",
    "Ngày lễ",
    "Số VB đồng ý",
    "Ngày VB đồng ý",
)
AGREEING = (*HEADER, "Cơ quan đồng ý")
OLD = ("Bùi Già", "Nam", "15/06/1950", "Kinh", "CB01", "20/04/2017", "19/05/2017")
AGREED = (*OLD, "07-CV", "01/04/2017")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def choose(**values):
    ConsentRule.objects.update(**values)


def notes():
    """{column: note} of the template"""
    book = open_book("mau.xlsx", template.workbook(kind_of("ket-nap")), store.limits())
    rows = [[str(cell or "") for cell in row] for row in book.rows(book.sheets.index("Hướng dẫn"))]
    return {row[0]: row[3] for row in rows if len(row) > 3}


@pytest.mark.parametrize("issuer", [PROVINCE, BLOC])
def test_the_template_says_who_consents(world, issuer):
    choose(issuer=issuer)
    told = notes()
    assert told["Số văn bản đồng ý"] == f"Của {issuer}. Chỉ khi quá 60 tuổi vào ngày làm lễ."
    assert told["Cơ quan đồng ý"] == f"Để trống là {issuer}."


def test_a_template_given_out_before_is_read_as_it_was(world, office):
    header = (*HEADER[:7], f"Số văn bản đồng ý của {PROVINCE}", "Ngày văn bản đồng ý")
    choose(issuer=BLOC)
    assert written("ket-nap", table(header, AGREED), office, on=ON).counts == {"tao": 1}
    assert str(Admission.objects.latest("pk").consent) == f"07-CV ngày 01/04/2017 của {BLOC}"


@pytest.mark.parametrize("issuer", [PROVINCE, BLOC])
def test_refusals_and_what_is_written_name_whom_the_row_says(world, office, issuer):
    choose(issuer=issuer)
    without, half = (*OLD, "", ""), ("Cao Lão", *OLD[1:], "08-CV", "")
    look = looked_at("ket-nap", table(HEADER, without, half), office, on=ON)
    assert f"Cần ghi số, ngày văn bản đồng ý của {issuer}." in look.reasons(2)[0]
    assert look.reasons(3) == [f"Văn bản đồng ý của {issuer} cần đủ số và ngày."]
    written("ket-nap", table(HEADER, AGREED), office, on=ON)
    assert Admission.objects.latest("pk").consent.issuer == issuer


def test_another_is_refused_at_its_column_when_the_office_chose_so(world, office):
    choose(issuer=BLOC)
    rows = table(AGREEING, (*AGREED, PROVINCE), ("Cao Lão", *AGREED[1:], ""), ("Lý Già", *AGREED[1:], "đảng uỷ khối"))
    assert looked_at("ket-nap", rows, office, on=ON).counts == {"tao": 3}
    choose(issuer_alone=True)
    look = looked_at("ket-nap", rows, office, on=ON)
    assert look.counts == {"loi": 1, "tao": 2}
    said = (
        f"Văn bản đồng ý là của {PROVINCE}, mà quản trị đã chọn chỉ nhận văn bản của {BLOC}. "
        "Hãy xem lại cơ quan đồng ý, hoặc báo quản trị nếu quy định lúc ấy là như vậy."
    )
    assert look.rows[2]["faults"] == [["Cơ quan đồng ý", PROVINCE, said]]


def test_a_file_fed_in_again_after_another_choice_changes_nothing(world, office):
    written("ket-nap", table(HEADER, AGREED), office, on=ON)
    choose(issuer=BLOC, issuer_alone=True)
    assert looked_at("ket-nap", table(HEADER, AGREED), office, on=ON).counts == {"giu": 1}
    assert Admission.objects.latest("pk").consent.issuer == PROVINCE


@pytest.mark.parametrize("cells", [("", ""), ("8-CV", ""), ("8-CV", "01/04/2017")], ids=["wanting", "half", "whole"])
def test_the_row_is_read_once_a_file(world, office, cells):
    choose(issuer_alone=True)

    def asked(n):
        names = [f"Trần Văn {letter}a" for letter in "ABCDEGHIK"[:n]]
        run = opened("ket-nap", table(HEADER, *[(name, *OLD[1:], *cells) for name in names]), office, on=ON)
        with CaptureQueriesContext(connection) as queries:
            store.look(run, job(run))
        return sum("members_consentrule" in query["sql"] for query in queries.captured_queries)

    assert asked(2) == asked(9) == 1
