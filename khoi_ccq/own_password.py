"""One's own password: the page that changes it, and the way there for who was given one by somebody else."""

from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect

from ledger.web import carry

OPEN = {"password_change", "login", "logout", "admin:logout", "healthz"}
FIRST = "Mật khẩu đang dùng do quản trị đặt. Hãy đổi sang mật khẩu của riêng mình trước khi làm việc."


class OwnPasswordForm(PasswordChangeForm):
    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "Mật khẩu đang dùng chưa đúng. Hãy nhập lại.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu đang dùng"

    def clean(self):
        data = super().clean()
        new = data.get("new_password1")
        if new and data.get("old_password") and self.user.check_password(new):
            self.add_error("new_password1", ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return data

    def save(self, commit=True):
        self.user.must_change_password, self.user.password_given_on = False, None
        return super().save(commit)


class OwnPasswordView(PasswordChangeView):
    """Afterwards on to the form that came along through the sign-in page, if any."""

    form_class = OwnPasswordForm

    def get_success_url(self):
        carried = self.request.session.get(carry.KEPT)
        return carried["path"] if carried else super().get_success_url()


class OwnPasswordFirst:
    """Who still uses the password that an administrator set sees no other page; a form sent meanwhile is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not user.must_change_password or request.resolver_match.view_name in OPEN:
            return None
        if not request.accepts("text/html"):
            return JsonResponse({"error": FIRST}, status=403)
        carry.keep(request, carry.unpack(carry.pack(request)))
        return redirect("password_change")
