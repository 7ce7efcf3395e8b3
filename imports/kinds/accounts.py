"""Accounts with their offices: one for each row; who has the office already, and names that are taken, are told row by row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Lower

from imports.columns import cells
from imports.columns.column import FileRow, ImportColumn, RowOutcome, loose_key
from imports.columns.places import NamedPlaces
from imports.verbs import ImportVerb
from ledger.models import Change, User
from ledger.numbers import day_in_words
from organizations import access
from organizations.accounts.making import judge_names, without_password
from organizations.accounts.naming import FreeNames
from organizations.accounts.opening import NewAccount, held_at, judge_offices, open_within
from organizations.accounts.roster import display_names
from organizations.accounts.titles import titles
from organizations.models import Appointment, OrganizationSpell, Role

from .kind import ImportKind, Job, NextStep, twice
from .place_columns import ORGANIZATION, place_of

SPOKEN = {
    Role.SECRETARY: ("Bí thư", "BT chi bộ", "Bí thư CB", "Chi bộ", "Bí thư chi bộ cơ sở"),
    Role.COMMITTEE: (
        "Cấp ủy",
        "Đảng ủy",
        "Đảng ủy cơ sở",
        "Cấp ủy cơ sở",
        "Chi ủy",
        "Bí thư đảng ủy",
        "Bí thư đảng bộ",
        "Đảng ủy bộ phận",
        "Văn phòng đảng ủy",
    ),
    Role.ORGANIZATION: ("Ban Tổ chức", "BTC", "Tổ chức", "Ban TC"),
    Role.INSPECTION: ("Ủy ban Kiểm tra", "UBKT", "Kiểm tra", "UBKT Đảng ủy Khối"),
    Role.LEADER: ("Lãnh đạo", "Thường trực", "Thường trực Đảng ủy Khối", "Lãnh đạo Khối", "Bí thư Đảng ủy Khối"),
}
ROLES = {words: role for role, spoken in SPOKEN.items() for words in (role.label, *spoken)}
SHOWN = ImportColumn(
    name="ten_hien",
    label="Họ và tên hiển thị",
    read=cells.at_most(150),
    headings=("Họ và tên", "Họ tên", "Tên hiển thị", "Người giữ", "Người sử dụng", "Họ tên người giữ"),
    example="Nguyễn Văn Mẫu",
    note="Để trống thì lấy tên bí thư ghi trong sổ đảng viên, không có thì tên vai trò.",
    joins=True,
)
USERNAME = ImportColumn(
    name="ten_dang_nhap",
    label="Tên đăng nhập",
    read=cells.at_most(150),
    headings=("Tài khoản", "Tên tài khoản", "User", "Username", "Tên truy cập"),
    example="bithu.db05-03",
    note="Để trống thì hệ thống đặt theo vai trò và mã: bithu.db05-03, danguy.db05.",
)
ROLE = ImportColumn(
    name="vai_tro",
    label="Vai trò",
    read=cells.one_of(ROLES, spoken="Chỉ hiểu: " + ", ".join(Role.labels) + "."),
    headings=("Chức vụ", "Chức danh", "Nhiệm vụ", "Quyền"),
    needed=True,
    example=Role.SECRETARY.label,
    options=lambda: Role.labels,
)
SINCE = ImportColumn(
    name="giu_tu_ngay",
    label="Giữ vai trò từ ngày",
    read=cells.day,
    headings=("Từ ngày", "Ngày giữ", "Ngày bắt đầu", "Kể từ ngày"),
    example="01/07/2018",
    note="Để trống thì lấy ngày ghi cho cả tệp; có thể là một ngày sắp tới.",
)


class AccountsImport(ImportKind):
    code, title = "tai-khoan", "Tài khoản và vai trò"
    help = "Mỗi dòng một tài khoản với vai trò của nó. Mật khẩu không nằm trong tệp: ghi xong thì in phiếu đăng nhập."
    verb, chunk = ImportVerb.ACCOUNTS, None
    after = NextStep("accounts", "In phiếu đăng nhập", "?xem=chua-in")
    columns = (
        ORGANIZATION,
        ROLE,
        SHOWN,
        USERNAME,
        SINCE,
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places = NamedPlaces(job.user, job.on)

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return access.office_of(user).is_administrator

    def judge(self, lines: Sequence[FileRow]) -> None:
        again = twice(lines, [column.name for column in self.columns])
        spells = {line.number: place_of(line, self.places) for line in lines}
        wanted = []
        for line in lines:
            if line.number in again and line.is_open:
                line.refuse(f"Trùng với dòng {again[line.number]}. Hãy bỏ một dòng.")
            if (spell := spells[line.number]) and line.is_open:
                wanted.append(WantedOffice(line, spell, line.get(ROLE.name)))
        office_titles = titles([office.key for office in wanted], self.job.on)
        holders = self._holders(wanted)
        for office in wanted:
            office.title = office_titles[office.key]
            self._judge_known(office, holders.get(office.key, []))
        self._judge_new([office for office in wanted if office.line.is_open])

    def _holders(self, wanted: Iterable["WantedOffice"]) -> dict[tuple[str, int], list[Appointment]]:
        """{(role, organization id): who holds it on the day of the file or later}"""
        found = defaultdict(list)
        for pk, rows in held_at({office.spell.organization_id for office in wanted}, self.job.on).items():
            for row in rows:
                found[row.role, pk].append(row)
        return found

    def _judge_known(self, office: "WantedOffice", holders: Sequence[Appointment]) -> None:
        """What stands already is left as it is; what of it the file says otherwise is told."""
        line = office.line
        username, shown, since = (line.get(column.name) for column in (USERNAME, SHOWN, SINCE))
        row = next((row for row in holders if _is_meant(row, username, shown)), None)
        if row is None:
            return
        line.outcome, name = RowOutcome.SAME, row.user.get_full_name()
        line.told = f"{office.title}: {name} ({row.user.username})"
        if shown and loose_key(shown) != loose_key(name):
            line.notes.append(f"Tên hiển thị đang ghi là {name}; sửa ở trang quản trị")
        if since and since != row.starts:
            line.notes.append(f"Đang giữ từ ngày {day_in_words(row.starts)}; sửa ở trang Tài khoản và vai trò")

    def _judge_new(self, wanted: Sequence["WantedOffice"]) -> None:
        rows = self._accounts(wanted)
        of_names, of_offices = judge_names([row.name for row in rows]), judge_offices(rows, self.job.on)
        ended = self._ended(rows)
        for office, row, of_name, of_office in zip(wanted, rows, of_names, of_offices, strict=True):
            line = office.line
            for sentence in of_name:
                line.refuse(sentence, USERNAME)
            if day := ended.get((row.username.lower(), *office.key)):
                line.refuse(
                    f"Tài khoản {row.username} đã thôi vai trò này từ ngày {day_in_words(day)}. "
                    "Nếu giao lại, hãy giao ở trang Tài khoản và vai trò.",
                    USERNAME,
                )
            for sentence in of_office:
                line.refuse(sentence, ORGANIZATION)
            if not line.is_open:
                continue
            line.outcome, line.aim = RowOutcome.CREATE, row
            since = day_in_words(row.starts or self.job.on)
            line.told = f"Tạo tài khoản {row.username} cho {row.display_name}: {office.title}, từ {since}"

    def _accounts(self, wanted: Sequence["WantedOffice"]) -> list[NewAccount]:
        """What each row asks for, with the name that the rule gives where the file has none."""
        free, shown = FreeNames(), display_names({office.key: office.title for office in wanted}, self.job.on)
        for office in wanted:
            free.keep(office.line.get(USERNAME.name) or "")
        return [
            NewAccount(
                username=office.line.get(USERNAME.name) or free.take(office.role, office.code),
                display_name=office.line.get(SHOWN.name) or shown[office.key],
                role=office.role,
                code=office.code,
                starts=office.line.get(SINCE.name),
            )
            for office in wanted
        ]

    def _ended(self, rows: Iterable[NewAccount]) -> dict[tuple[str, str, int], date]:
        """{(username in small letters, role, organization id): the day from which that account holds it no more}"""
        offices = Appointment.objects.standing().annotate(name=Lower("user__username"))
        offices = offices.filter(name__in=[row.username.lower() for row in rows], ends__lte=self.job.on)
        columns = ("name", "role", "organization_id", "ends")
        return {(name, role, pk): ends for name, role, pk, ends in offices.order_by("ends").values_list(*columns)}

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        rows = [line.aim for line in lines]
        open_within(rows, without_password(row.name for row in rows), change)


@dataclass
class WantedOffice:
    """The office that a row asks for."""

    line: FileRow
    spell: OrganizationSpell
    role: Role
    title: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.role, self.spell.organization_id

    @property
    def code(self) -> str:
        return self.spell.organization.code


def _is_meant(row: Appointment, username: str | None, shown: str | None) -> bool:
    """Whether a row of the file tells of `row`: by the username; where it has none by the name, if it has that."""
    if username:
        return row.user.username.lower() == username.lower()
    return not shown or loose_key(row.user.get_full_name()) == loose_key(shown)
