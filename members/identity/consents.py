"""Who consents to the admission of somebody over sixty, and the paper that says so (domain §4.3)."""

from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Admission, Entry

from .ages import OLDEST, is_too_old


def consenting():
    """Who consents, by name: "Ban Thường vụ Tỉnh ủy"."""
    return "Ban Thường vụ Tỉnh ủy"


def check_consent(row):
    """Refused for an Arrival too old on the day of the ceremony without the consent; so is a later consent."""
    if row.entry != Entry.RESTORED and row.consent is None and is_too_old(row.member, row.ceremony):
        raise Refused(
            f"{row.member} quá {OLDEST} tuổi vào ngày kết nạp {day_in_words(row.ceremony)}. "
            f"Cần ghi số, ngày văn bản đồng ý của {consenting()}."
        )
    if row.consent and row.consent.date > row.ceremony:
        raise Refused(
            f"{row.member}: văn bản đồng ý của {consenting()} ghi ngày {day_in_words(row.consent.date)}, sau ngày kết nạp "
            f"{day_in_words(row.ceremony)}. Văn bản phải có trước hoặc trong ngày kết nạp; hãy xem lại ngày văn bản."
        )


def without_consent(admissions):
    """Those of `admissions` (Admission, with their members) into a cell of the bloc that lacked the consent they needed."""
    return [
        row
        for row in admissions
        if row.organization_id and row.kind != Admission.Kind.RESTORED
        if row.consent_id is None and is_too_old(row.member, row.ceremony)
    ]
