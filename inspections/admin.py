from django.contrib import admin

from ledger.admin_base import Catalogue, read_only

from .models import Conclusion, Inspection, InspectionSubject, OrganizationDiscipline, Result

# Letters are absent on purpose: their rows are for the inspection department and the leader alone (design §7). So is
# what discipline followed from, which may be a letter.
read_only(Inspection, InspectionSubject, Conclusion, OrganizationDiscipline)


@admin.register(Result)
class ResultAdmin(Catalogue):
    list_display = ["code", "name"]
    search_fields = ["name"]
