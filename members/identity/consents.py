"""Who consents to the admission of somebody over sixty, and the paper that says so (domain §4.3)."""

from ledger import clock, days
from ledger.acts import Refused
from ledger.models import Document
from ledger.numbers import day_in_words
from ledger.text import search_key
from members.models import Admission, ConsentRule, Entry

from .ages import OLDEST, is_too_old


def rule() -> ConsentRule:
    """The row that says so, read once a request, an act, a file."""
    return clock.once(_rule)


def _rule() -> ConsentRule:
    return ConsentRule.objects.first() or ConsentRule()


def consenting() -> str:
    """Who consents, by name: "Ban Thường vụ Tỉnh ủy"."""
    return rule().issuer


def issuer_fault(paper: Document) -> str:
    """Why a consent of its issuer is not taken in any more, as a sentence; "" where it is."""
    if not rule().issuer_alone or search_key(paper.issuer) == search_key(consenting()):
        return ""
    return (
        f"Văn bản đồng ý là của {paper.issuer}, mà quản trị đã chọn chỉ nhận văn bản của {consenting()}. "
        "Hãy xem lại cơ quan đồng ý, hoặc báo quản trị nếu quy định lúc ấy là như vậy."
    )


def check_issuer(row):
    """Refused for an Arrival whose consent is of another than who consents now. What stands already is not asked."""
    if row.consent and (fault := issuer_fault(row.consent)):
        raise Refused(days.of(str(row.member), fault))


def check_consent(row):
    """Refused for an Arrival too old on the day of the ceremony without the consent; so is a later consent."""
    if row.entry != Entry.RESTORED and row.consent is None and is_too_old(row.member, row.ceremony):
        raise Refused(
            f"{row.member} quá {OLDEST} tuổi vào ngày kết nạp {day_in_words(row.ceremony)}. "
            f"Cần ghi số, ngày văn bản đồng ý của {consenting()}."
        )
    if row.consent and row.consent.date > row.ceremony:
        raise Refused(
            f"{row.member}: văn bản đồng ý của {row.consent.issuer} ghi ngày {day_in_words(row.consent.date)}, sau ngày kết nạp "
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
