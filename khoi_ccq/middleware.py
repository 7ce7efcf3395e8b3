from ledger.web import carry

from . import views


class SignInCarriesTheForm:
    """Someone whose session has ended sends a form: the sign-in page takes it along instead of dropping it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if not request.accepts("text/html"):
            return views.signed_out()
        packed = carry.pack(request)
        return views.sign_in_again(request, packed) if packed else None
