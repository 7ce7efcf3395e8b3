"""A file of every kind there is, in the small world: rows that create and rows that change, on what stands there already."""

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from imports.kinds.registry import kind_of
from imports.runs import store
from inspections.models import Result
from ledger.models import User
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.life.posts import post
from members.life.statuses import exempt
from members.models import Exit, Post
from tests.imports.by_file import Brought, answered, looked_at, opened, table, written
from tests.imports.kinds import (
    test_accounts,
    test_admissions,
    test_inspections,
    test_letters,
    test_members,
    test_moves,
    test_organization_ratings,
    test_organizations,
    test_posts,
    test_rating_sheet,
    test_ratings,
    test_reconciled_days,
    test_staff,
    test_statuses,
    test_targets,
)
from tests.imports.kinds.test_admissions import but
from tests.indicators.board import set_groups, set_targets
from tests.organizations.staff.entering import enter
from tests.ratings.desk import Desk
from tests.world import TODAY

YEAR_END, SUMMER = date(2017, 12, 31), date(2018, 6, 1)
FILES = {}  # {what the file tells of: (code of its kind, what makes the OneFile in a world)}


@dataclass
class OneFile:
    """`text`: its cells; `given`: typed for the whole file; `answers`: to what is asked of its rows."""

    kind: str
    text: str
    user: User
    on: date = YEAR_END
    given: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)

    def opened(self):
        """The run, laid out, of which nothing was looked at."""
        if kind_of(self.kind).is_ready_made:
            run = store.open_pasted_run(kind_of(self.kind), self.text, by=self.user)
            store.lay_out(run, store.layout_of(run), {"tu_ngay": f"{self.on:%d/%m/%Y}"})
            return run
        return opened(self.kind, self.text, self.user, on=self.on, **self.given)

    def looked_at(self):
        if kind_of(self.kind).is_ready_made:
            run = store.open_pasted_run(kind_of(self.kind), self.text, by=self.user)
            store.look_at_once(run)
            return Brought(run)
        look = looked_at(self.kind, self.text, self.user, on=self.on, **self.given)
        return answered(look, **self.answers) if self.answers else look


def of_kind(code):
    """Adds the function to FILES under its name. It takes a World and returns (header and rows, user, what else OneFile takes)."""

    def known(build):
        def made(world):
            rows, user, more = build(world)
            return OneFile(code, rows if isinstance(rows, str) else table(*rows), user, **more)

        FILES[build.__name__.strip("_")] = (code, made)
        return build

    return known


def office_of(world, role="ORGANIZATION"):
    return world.user(role, "K")


@of_kind("to-chuc")
def organizations(world):
    """Founded under one that is founded with it, renamed, moved."""
    rows = [
        ("", "Chi bộ Một", "Chi bộ trực thuộc", "Đảng bộ Sở Y tế", ""),
        ("", "Đảng bộ Sở Y tế", "Đảng bộ cơ sở", "", ""),
        ("DB01", "Tên mới", "", "", ""),
        ("DB01-02", "Tổ chức DB01-02", "", "DB02", ""),
    ]
    return [test_organizations.HEADER, *rows], office_of(world), {}


@of_kind("dang-vien")
def members(world):
    """Brought in, amended, left alone, refused."""
    tam = test_members.TAM
    rows = [
        test_members.HOA,
        (*tam[:2], "13/13/1969", *tam[3:]),
        ("Lê An", "", "15/06/1980", "Chăm", "", "DB01-01", "", "", "", "ĐH"),
        ("Võ Bình", "", "15/06/1980", "", "", "DB01-01", "", "", "", ""),
    ]
    return [test_members.HEADER, *rows], office_of(world), {}


@of_kind("ket-nap")
def admissions(world):
    """Out of the pipeline, again after having left, with the paper for one over sixty; one recognised."""
    office, hoa, tam = office_of(world), test_admissions.HOA, test_admissions.TAM
    written("ket-nap", table(test_admissions.HEADER, tam), office, on=YEAR_END)
    world.leave("An", date(2016, 3, 1), Exit.STRUCK)
    row = Recommendation(
        full_name="Trần Thị Hoa",
        sex="F",
        birth_date=date(1995, 2, 3),
        organization=world.org["DB01-01"],
        on=date(2016, 5, 2),
    )
    steps.recommend([row], **world.act())
    an = ("Lê", "An", "Nữ", "15/06/1980", "Kinh", "DB01-01", "25/01/2017", "03/02/2017", "", "Kết nạp lại", *[""] * 6)
    old = but(tam, c1="Tư", c3="1950", c11="12-CV/TU", c12="20/01/2017")
    rows = [hoa, an, old, but(tam, c10="19/05/2018")]
    return [test_admissions.HEADER, *rows], office, {"given": {"dong_nguon": "on"}}


@of_kind("chuyen-sinh-hoat")
def moves(world):
    """Moved twice, in the order of the days; gone; died."""
    rows = [
        test_moves.row("Lê An", "01/09/2016", to="CB01", cell="DB02-01"),
        test_moves.row("Lê An", "01/03/2016", to="DB02-01", cell="DB01-01"),
        test_moves.row("Lê Chi", "01/02/2017", what="Chuyển đi"),
        test_moves.row("Võ Bình", "02/05/2017", what="từ trần"),
    ]
    return [test_moves.HEADER, *rows], office_of(world), {}


@of_kind("khai-tru")
def expulsions(world):
    header = ("Họ tên", "Ngày sinh", "Chi bộ", "Ngày")
    rows = [(name, test_moves.BORN, "DB01-01", "01/03/2016") for name in ("Lê An", "Võ Bình")]
    return [header, *rows], office_of(world, "INSPECTION"), {"given": test_moves.PAPER}


@of_kind("chuc-vu")
def posts(world):
    """Given up, taken over, given with both its days."""
    post([(world.people["An"], world.org["DB01-01"], Post.Kind.SECRETARY)], **world.act(date(2016, 3, 1)))
    born = test_posts.BORN
    rows = [
        ("Võ Bình", born, "Bí thư", "", "01/02/2018", ""),
        ("Lê An", born, "Bí thư", "", "", "01/02/2018"),
        ("Lê Chi", born, "PBT", "Tổ chức DB01-02", "01/01/2016", "01/01/2017"),
    ]
    return [test_posts.HEADER, *rows], office_of(world), {"on": SUMMER}


@of_kind("trang-thai")
def statuses(world):
    """Ended and begun anew, with a paper; begun; for a time in another cell."""
    exempt([world.people["An"]], **world.act(date(2018, 3, 1)))
    an = test_statuses.AN
    rows = [
        (*an[:4], "01/05/2018", *an[5:]),
        (*an[:3], "01/05/2018", *an[4:]),
        test_statuses.BINH,
        test_statuses.CHI,
    ]
    return [test_statuses.HEADER, *rows], office_of(world), {"on": SUMMER}


@of_kind("xep-loai")
def ratings(world):
    """A sheet that goes the whole way, and one that stays a draft."""
    Desk(world)
    rows = test_ratings.rows(cells=["DB01-01", "DB01-02"], An="1", Dung="")
    return (
        [test_ratings.HEADER, *rows],
        office_of(world),
        {"on": test_ratings.ON, "given": test_ratings.PAPER},
    )


@of_kind("xep-loai-to-chuc")
def ratings_of_organizations(world):
    """Decided; a task beside what is decided."""
    office, paper = office_of(world), test_organization_ratings.PAPER
    Desk(world)
    header, on = test_organization_ratings.HEADER, test_organization_ratings.ON
    written("xep-loai-to-chuc", table(("Mã", "NVCT"), ("DB02", "Hoàn thành")), office, on=on, **paper)
    rows = [
        ("DB01", "Trong sạch, vững mạnh tiêu biểu", "", "", "hoàn thành vượt mức"),
        ("DB02", "", "", "", "Không hoàn thành"),
        ("CB01", "HTTNV", "", "", ""),
    ]
    return [header, *rows], office, {"on": on, "given": paper}


@of_kind("phieu-xep-loai")
def the_workbook_of_a_cell(world):
    """A line typed anew, and one that is changed."""
    desk, secretary = Desk(world, 2018), world.user("SECRETARY", "DB01-01")
    desk.rate(Bình=3)
    filled = test_rating_sheet.FilledIn(test_rating_sheet.download(Client(), secretary).content)
    filled.put("Lê An", Mức_xếp_loại=test_rating_sheet.level(desk, 2), Ghi_chú="Đi học")
    filled.put("Võ Bình", Mức_xếp_loại=test_rating_sheet.level(desk, 2))
    return filled.text, secretary, {"on": TODAY}


@of_kind("kiem-tra")
def inspections(world):
    """Carried out and concluded; added to one that stands; planned."""
    test_inspections.plan(world, "DB01", "CB01")
    rows = [
        test_inspections.row("DB01", done="05/09/2017", on="20/09/2017", found="Tốt"),
        test_inspections.row("DB02", done="07/09/2017"),
        test_inspections.row("DB02-01", kind="giám sát chuyên đề", title="Giám sát cán bộ", planned="x"),
    ]
    return [test_inspections.HEADER, *rows], office_of(world, "INSPECTION"), {}


@of_kind("don-thu")
def letters(world):
    """Carried on to its result; received; received and passed on."""
    test_letters.receive(world)
    result = Result.objects.order_by("code").first().name
    rows = [
        test_letters.row("01/ĐT", "DB01", "01/03/2017", "08/03/2017", "06/06/2017", "05/05/2017", result),
        test_letters.row("02/ĐT", "Tổ chức DB02-01", "2-4-2017", "", "30/06/2017"),
        test_letters.row("03/ĐT", "CB01", "02/04/2017", "", "30/06/2017", "", "", "Tỉnh ủy", "10/04/2017"),
    ]
    return [test_letters.HEADER, *rows], office_of(world, "INSPECTION"), {}


@of_kind("chi-tieu")
def targets(world):
    """Set, set otherwise, withdrawn."""
    set_groups(world, 2017, 2018)
    set_targets(world, 2018, KN={"K": 110, "DB02": 4})
    rows = [("K", "115", "60%", "95"), ("DB01", "5", "", "92,5"), ("DB02", "Thu hồi", "", "")]
    return [test_targets.HEADER, *rows], office_of(world), {"on": test_targets.ON, "given": test_targets.PAPER}


@of_kind("bien-che")
def staff(world):
    """Entered, entered otherwise, withdrawn."""
    enter(world, DB01=(30, 10, 5), DB02=60)
    rows = [
        ("DB01", "2017", "31", "", "", ""),
        ("DB02", "2017", "", "", "", "Rút"),
        ("DB03", "2016", "12", "", "", "40"),
    ]
    return [test_staff.HEADER, *rows], office_of(world), {}


@of_kind("tai-khoan")
def accounts(world):
    """Of a cell, of a committee, and of the bloc, which is told of it."""
    administrator = User.objects.create_superuser("quan-tri", display_name="Quản trị một")
    return test_accounts.ROWS[:5], administrator, {"on": TODAY}


@of_kind("doi-chieu")
def reconciliation(world):
    """Of one person a value and the days are taken over, of another a day by its whole column."""
    rows = [test_reconciled_days.HEADER, test_reconciled_days.AN, test_reconciled_days.BINH]
    more = {"given": {"nhan_chinh_thuc": "on"}, "answers": {"row_2": "chuyen_mon,quyet_dinh,ngay_le"}}
    return rows, office_of(world), more | {"on": SUMMER}
