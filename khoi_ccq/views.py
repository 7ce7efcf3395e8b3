from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from ledger.web import carry

from .forms import SignIn


@login_not_required
def healthz(request):
    """For the machine that watches the site: answers once the database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("cơ sở dữ liệu không trả lời", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("ok", content_type="text/plain")


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Signing in; a form that came along (ledger/web/carry.py) opens again for the one who typed it."""

    form_class = SignIn
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and carry.parcel(request):
            return self._reopen() or super().dispatch(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """From the page of who is locked out nothing comes but what it carried: the form is empty, nothing is tried."""
        return super().post(request, *args, **kwargs) if "username" in request.POST else self.get(request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"carried": carry.parcel(self.request)}

    def form_valid(self, form):
        onward = super().form_valid(form)
        return self._reopen() or onward

    def _reopen(self):
        carried = carry.unpack(self.request.POST.get(carry.CARRIED))
        if carried is None:
            return None
        if carry.keep(self.request, carried):
            return redirect(carried["path"])
        messages.warning(self.request, "Nội dung gõ dở thuộc tài khoản khác nên không mở lại ở đây.")
        return None


def signed_out():
    """What a script is told whose session has ended."""
    return JsonResponse({"error": "Phiên làm việc đã hết. Hãy đăng nhập lại.", "signed_out": True}, status=401)


def sign_in_again(request, packed):
    """The sign-in page that carries `packed` (ledger.carry.pack)."""
    context = {"form": SignIn(request), "carried": packed, "next": request.path}
    return render(request, "registration/login.html", context, status=401)
