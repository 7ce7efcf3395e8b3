"""How old people are: at admission, counted by month at both ends, and in a life at all (domain §4.3). Pure but for today."""

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Precision, age_on, born_text

# Ages at admission (domain §4.3); beyond the older one somebody above consents (consents.py).
YOUNGEST, OLDEST = 18, 60
LONGEST_LIFE = 120  # years; whoever stood on the roll at a greater age was born in another year
EARLIEST_DECISION = 12  # months before the youngest age: the decision comes before the ceremony, never years before


def months_old(born, precision, day):
    """Months of age on `day`, the month of birth counting whole; with only a year of birth, by the year."""
    return 12 * (day.year - born.year) + (0 if precision == Precision.YEAR else day.month - born.month)


def is_too_young(person, day):
    return months_old(person.birth_date, person.birth_precision, day) < 12 * YOUNGEST


def is_too_old(person, day):
    """Whether more than sixty on `day`."""
    return months_old(person.birth_date, person.birth_precision, day) > 12 * OLDEST


def birth_fault(born, precision, day):
    """What keeps one so born from standing on a roll on `day`: "sinh 12/03/0198, quá 120 tuổi vào …"; "" for nothing."""
    if born > day:
        return f"sinh {born_text(born, precision)}, sau ngày {day_in_words(day)}"
    if age_on(born, precision, day) > LONGEST_LIFE:
        return f"sinh {born_text(born, precision)}, quá {LONGEST_LIFE} tuổi vào ngày {day_in_words(day)}"
    return ""


def why_no_birth(day):
    """Why nobody who is entered today can have been born on `day`, as a sentence; "" when somebody can."""
    today = clock.today()
    if day > today:
        return f"Ngày sinh {day_in_words(day)} còn ở phía trước. Hãy xem lại năm."
    if age_on(day, Precision.DAY, today) > LONGEST_LIFE:
        return f"Ngày sinh {day_in_words(day)} cách nay hơn {LONGEST_LIFE} năm. Hãy xem lại năm."
    return ""


def admission_fault(person, decided, ceremony):
    """What keeps `person` from having been admitted on these days: "chưa đủ 18 tuổi vào …"; "" for nothing.

    `decided`: None where it is not told.
    """
    if is_too_young(person, ceremony):
        return f"chưa đủ {YOUNGEST} tuổi vào ngày kết nạp {day_in_words(ceremony)}"
    least = 12 * YOUNGEST - EARLIEST_DECISION
    if decided and months_old(person.birth_date, person.birth_precision, decided) < least:
        return f"chưa đủ {YOUNGEST - 1} tuổi vào ngày quyết định kết nạp {day_in_words(decided)}"
    return ""


def check_life(member, day):
    """Refused for a Member who, so born, cannot have stood on a roll on `day`."""
    if fault := birth_fault(member.birth_date, member.birth_precision, day):
        raise Refused(f"{member} {fault}. Hãy xem lại năm sinh.")


def check_admission(row):
    """Refused for an Arrival whose birth and days of admission do not fit."""
    if fault := admission_fault(row.member, row.decided, row.ceremony):
        raise Refused(f"{row.member} {fault}. Hãy xem lại ngày sinh {row.member.born} và ngày ấy.")
