"""All kinds of import, in the order in which an office takes them."""

from django.http import Http404

from .accounts import AccountsImport
from .admissions import AdmissionsImport
from .inspections import InspectionsImport
from .kind import ImportKind
from .letters import LettersImport
from .members import MembersImport
from .moves import ExpulsionsImport, MovesImport
from .of_members.posts import PostsImport
from .of_members.statuses import StatusesImport
from .of_ratings.organization_ratings import OrganizationRatingsImport
from .of_ratings.rating_sheet import RatingSheetImport
from .of_ratings.ratings import RatingsImport
from .organizations import OrganizationsImport
from .reconciliation import ReconciliationImport
from .staff import StaffImport
from .targets import TargetsImport

KINDS: dict[str, type[ImportKind]] = {
    kind.code: kind
    for kind in (
        OrganizationsImport,
        MembersImport,
        AdmissionsImport,
        MovesImport,
        ExpulsionsImport,
        PostsImport,
        StatusesImport,
        RatingsImport,
        OrganizationRatingsImport,
        RatingSheetImport,
        InspectionsImport,
        LettersImport,
        TargetsImport,
        StaffImport,
        AccountsImport,
        ReconciliationImport,
    )
}


def kind_of(code: str) -> type[ImportKind]:
    """The kind `code`; 404 for none."""
    if code not in KINDS:
        raise Http404("Không có loại dữ liệu này. Hãy chọn lại từ trang Nhập dữ liệu.")
    return KINDS[code]
