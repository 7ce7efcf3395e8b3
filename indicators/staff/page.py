"""The page of the staff of an organization in a year: the number, the rows it sums, who has not entered theirs, its form."""

from django.http import Http404

from ledger import clock
from ledger.text import within_sentence
from ledger.web.forms import attempt
from organizations.access import Keep, require_keep
from organizations.models import StaffCount
from organizations.staff.counts import set_staff, texts
from organizations.staff.numbers import Staff, not_counted, staff_of

from .forms import StaffForm
from .share import StaffShare, shares


class StaffPage:
    """`page`: the Frame; `sent`: what was sent, or carried here, None on opening."""

    def __init__(self, user, page, sent):
        self.user, self.page = user, page
        place, year, day = page.place, page.year, page.day
        self.staff = staff_of([place], year, day).get(place.organization_id)
        if self.staff is None:
            raise Http404(
                f"{place.name} là {within_sentence(place.get_kind_display())}. Số công chức, viên chức, người lao động được ghi cho tổ "
                "chức cơ sở đảng và đảng bộ khối; hãy xem ở cấp trên."
            )
        stands = place.starts <= day < place.ends
        offered = page.may(Keep.STAFF) and (stands or self.staff.entered)
        self.form = StaffForm(sent, count=self.staff.entered, today=clock.today()) if offered else None

    def take(self):
        """Records what was sent; the sentence that says it is done, or ""."""
        require_keep(self.user, Keep.STAFF, self.page.organization, self.page.day)
        form = self.form
        if form is None or not attempt(form, self._record):
            return ""
        year, name = self.page.year, self.page.place.name
        if form.row(self.page.organization, year).withdraws:
            return f"Đã rút số công chức, viên chức, người lao động năm {year} của {name}."
        return f"Đã ghi số công chức, viên chức, người lao động năm {year} của {name}."

    def _record(self):
        row = self.form.row(self.page.organization, self.page.year)
        with self.form.held_against(lambda: texts(self._standing())):
            set_staff([row], **self.form.act(self.user), opened={row.key: self.form.opened()})

    def _standing(self):
        rows = StaffCount.objects.standing().filter(organization=self.page.organization, year=self.page.year)
        return rows.first()

    def context(self):
        here, *below = shares([self.staff, *self.staff.below], self.page.year, self.page.day)
        without_own = StaffShare(Staff(self.staff.place, None, self.staff.below), here.members)
        return self.page.context() | {
            "share": here,
            "below": below,
            "sum": without_own if below else None,
            "not_counted": not_counted(self.page.place, self.page.year, self.page.day),
            "entries": self._entries(),
            "form": self.form,
        }

    def _entries(self):
        """All that was ever entered for the organization, the latest year first, what was replaced after what replaced it."""
        rows = StaffCount.objects.filter(organization=self.page.organization).select_related("added__document")
        return list(rows.order_by("-year", "-added_id"))
