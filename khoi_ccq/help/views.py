from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ledger.models import HelpDesk

from .choices import keep
from .guide import chapters


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """What the guide is about, whom to call; open to who cannot sign in."""
    return render(request, "khoi_ccq/help/help.html", {"chapters": chapters(), "desk": HelpDesk.objects.first()})


@login_not_required
@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter of the guide."""
    found = next((each for each in chapters() if each.slug == slug), None)
    if found is None:
        raise Http404("Hướng dẫn không có chương này. Hãy mở trang Trợ giúp để chọn.")
    context = {"chapters": chapters(), "chapter": found, "desk": HelpDesk.objects.first()}
    return render(request, "khoi_ccq/help/chapter.html", context)


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps `gia_tri` of `tuy_chon` for this browser and goes back to where it was chosen."""
    back = request.headers.get("referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "help")
    try:
        keep(
            response,
            request.POST.get("tuy_chon", ""),
            request.POST.get("gia_tri", ""),
            secure=settings.SESSION_COOKIE_SECURE,
        )
    except ValueError:
        raise BadRequest from None
    return response
