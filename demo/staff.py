"""The civil servants, public employees and workers of each year in the demonstration: plain arithmetic, nothing is drawn."""

from datetime import date

from organizations.staff.counts import StaffRow, set_staff

from .plan import TODAY, YEARS

ONLY_BOUND = min(YEARS)  # of the first year the bloc alone is known, and of it a bound
ONLY_TOTALS = ONLY_BOUND + 1
NOT_YET = ("DB07", "CB19")  # have not told theirs of the running year
BOUND = "CB08"  # tells a bound


def play_staff(play, year):
    """About 23 people for ten members. `play`: the Loader, at the end of `year`."""
    on = min(date(year, 12, 15), TODAY)
    rows = [_row(play.org[code], year, i, members) for i, (code, members) in enumerate(sorted(play.sizes().items()))]
    if year == ONLY_BOUND:
        bound = sum(row.total for row in rows) // 500 * 500
        rows = [StaffRow(organization=play.org["K"], year=year, total=bound, at_least=True)]
    paper = play.paper(
        f"{year % 100 + 60}-BC/BTC",
        on,
        f"Số công chức, viên chức, người lao động năm {year}",
        "Ban Tổ chức Đảng ủy Khối",
    )
    set_staff([row for row in rows if row], by=play.by, on=on, document=paper)


def _row(organization, year, i, members):
    """`i`: place among the organizations, which makes one unlike the next. None where nothing is told."""
    total = members * (19 + i % 9) // 10
    civil, workers = total * (52 + 7 * i % 30) // 100, total * (6 + i % 7) // 100
    if year == TODAY.year and organization.code in NOT_YET:
        return None
    if year == TODAY.year and organization.code == BOUND:
        return StaffRow(organization=organization, year=year, total=total // 10 * 10, at_least=True)
    if year <= ONLY_TOTALS:
        return StaffRow(organization=organization, year=year, total=total)
    return StaffRow(
        organization=organization,
        year=year,
        civil_servants=civil,
        public_employees=total - civil - workers,
        workers=workers,
    )
