from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from imports.models import ImportRun
from imports.workbooks import examples, rating_sheet, returned, template
from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ratings.frame import rating_frame

from .examples_page import ExamplesPage, require_example
from .open_kinds import require_kind
from .page import ImportsPage, RunPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@read_or_send
def imports(request: HttpRequest) -> HttpResponse:
    """Where a file is chosen: its kind, the file or pasted cells; templates to fill; files brought before."""
    page = ImportsPage(request.user, carry.sent(request), request.FILES, kind=request.GET.get("loai", ""))
    if request.method == "POST" and (run := page.take()):
        return redirect("import_run", run.pk)
    return answer(request, "imports/imports.html", page.context())


@read_or_send
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """One file on its way: columns, what it comes to, what was written."""
    page = RunPage(request.user, pk, carry.sent(request), request.GET)
    if request.method == "POST" and (done := page.take()):
        messages.success(request, done)
        return redirect("import_run", pk)
    return answer(request, "imports/run.html", page.context())


@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook to fill for a kind, made from the importer itself."""
    wanted = require_kind(request.user, kind)
    return _workbook(template.workbook(wanted), f"mau-{wanted.code}.xlsx")


@require_safe
def import_returned(request: HttpRequest, pk: int) -> FileResponse:
    """The rows that were not written, with why beside them."""
    page = RunPage(request.user, pk, None, request.GET)
    run: ImportRun = page.run
    file = returned.workbook(run, page.kind).open()  # sent as it is read: it may be as large as what was brought
    return FileResponse(file, as_attachment=True, filename=f"can-sua-{run.pk}.xlsx", content_type=XLSX)


@require_safe
def rating_workbook(request: HttpRequest, code: str, period: tuple[int, int | None]) -> HttpResponse:
    """What a cell fills in without a network and sends back; of a committee one for each of its cells, together."""
    here = rating_frame(request.user, code, period)
    if here.place.holds_members:
        name, content = rating_sheet.of_cell(here)
        return _workbook(content, f"{name}.xlsx")
    name, content = rating_sheet.of_committee(here)
    return _archive(content, f"{name}.zip")


@require_safe
def import_examples(request: HttpRequest) -> HttpResponse:
    """The demonstration's own data as files to look at and to try out, in the order in which they are taken in."""
    page = ExamplesPage(request.user, request.GET.get("loai", ""))
    return answer(request, "imports/examples.html", page.context())


@require_safe
def import_example(request: HttpRequest, name: str) -> HttpResponse:
    example = require_example(request.user, name)
    return _workbook(examples.workbook(example), example.file_name)


@require_safe
def import_examples_together(request: HttpRequest) -> HttpResponse:
    ExamplesPage(request.user)
    return _archive(examples.all_together(), "vi-du.zip")


def _archive(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
