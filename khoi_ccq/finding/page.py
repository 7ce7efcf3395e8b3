"""Finding from anywhere: people, organizations, documents, pages and acts, each group within the reader's rights."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from ledger.models import Document, User
from ledger.text import words_of
from ledger.web.finding import HitGroup, Resting
from ledger.web.paging import page_of
from members.people.finding import people
from organizations.finding import organizations

from .acts import acts
from .forms import FindForm
from .papers import papers, resting

# Finds of a group: suggested while one types, told together, of one paper, told alone.
FEW, FIRST, OF_A_PAPER, A_PAGE = 4, 8, 20, 50
SHORTEST = 2  # letters before anything is suggested


class FindPage:
    """`query`: `tim`, what is sought; `nhom`, the one group that is turned over; `page`. `site`: khoi_ccq/context.py."""

    def __init__(self, user: User, query: QueryDict, site: dict[str, Any]) -> None:
        self.user, self.site = user, site
        self.form = FindForm(query)
        self.text = self.form.cleaned_data["tim"] if self.form.is_valid() else ""
        self.typed = query.get("tim", "")
        self.query = query

    @cached_property
    def groups(self) -> list[HitGroup]:
        """Those in which something is found, none of them read yet."""
        if not words_of(self.text):
            return []
        groups = [find(self.user, self.text) for find in (people, organizations, papers)]
        groups.append(acts(self.user, self.text, self.site))
        return [group for group in groups if group.total]

    def suggested(self) -> dict[str, Any]:
        """Context of the list under the box."""
        groups = self.groups if len(self.text) >= SHORTEST else []
        return {
            "groups": [group.first(FEW) for group in groups],
            "text": self.text,
            "error": self._error,
            "query": urlencode({"tim": self.typed}),
        }

    def context(self) -> dict[str, Any]:
        shared = {"text": self.text, "sought_text": self.typed, "error": self._error}
        return shared | _turned(self.groups, self.query, first=FIRST)

    @property
    def _error(self) -> str:
        return next(iter(self.form.errors.get("tim", [])), "")


class PaperPage:
    """A document with what rests on it. `query`: `nhom`, the one kind of rows that is turned over; `page`.

    Http404 for a document on which nothing rests that `user` may see.
    """

    def __init__(self, user: User, pk: int, query: QueryDict) -> None:
        paper = Document.objects.filter(pk=pk).first() if pk.bit_length() <= 63 else None
        self.groups = _resting_on(paper, user) if paper else []
        if paper is None or not self.groups:
            raise Http404("Không tìm thấy văn bản này trong phạm vi của đồng chí.")
        self.paper, self.query = paper, query

    def context(self) -> dict[str, Any]:
        return {"paper": self.paper} | _turned(self.groups, self.query, first=OF_A_PAPER)


def _resting_on(paper: Document, user: User) -> list[HitGroup]:
    def of(kind: Resting, number: int) -> HitGroup:
        return HitGroup(f"loai-{number}", kind.label, kind.on(paper), lambda rows: kind.tell(rows, paper))

    return [group for n, kind in enumerate(resting(user), start=1) if (group := of(kind, n)).total]


def _turned(groups: list[HitGroup], query: QueryDict, *, first: int) -> dict[str, Any]:
    """Context: the first of each group, or all of the one that `query` names, page by page."""
    key = query.get("nhom", "")
    if not key:
        return {"groups": [group.first(first) for group in groups]}
    chosen = next((group for group in groups if group.key == key), None)
    if chosen is None:
        raise Http404("Không có gì trong nhóm này. Hãy bỏ chọn nhóm, hoặc gõ lại.")
    page = page_of(chosen.told, query, field="page", per_page=A_PAGE)
    return {"groups": groups, "chosen": chosen.show(page.object_list), "page": page}
