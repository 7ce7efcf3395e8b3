"""Which kinds of import are open to whom."""

from django.core.exceptions import PermissionDenied

from imports.kinds.kind import ImportKind
from imports.kinds.registry import KINDS, kind_of
from ledger.models import User
from ledger.text import within_sentence


def open_kinds(user: User) -> list[type[ImportKind]]:
    return [kind for kind in KINDS.values() if kind.is_open_to(user)]


def require_kind(user: User, code: str) -> type[ImportKind]:
    """The kind `code`; 404 for none, 403 unless `user` may import it."""
    kind = kind_of(code)
    if not kind.is_open_to(user):
        raise PermissionDenied(f"Nhập {within_sentence(kind.title)} từ tệp là việc của nơi giữ sổ ấy.")
    return kind


def require_imports(user: User) -> list[type[ImportKind]]:
    """The kinds that `user` may import; 403 for none."""
    if kinds := open_kinds(user):
        return kinds
    raise PermissionDenied("Nhập dữ liệu từ tệp là việc của nơi giữ các sổ ấy.")
