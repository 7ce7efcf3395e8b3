from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from ledger import accounts
from ledger.models import User

LONGEST = User._meta.get_field("username").max_length


class OfAnAccount:
    """Refuses a name no account can have before anything is written about the attempt, and a password out of date."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if len(name) > LONGEST or not name.isprintable():
            raise ValidationError("Tên đăng nhập không đúng. Hãy gõ lại tên do quản trị cấp.")
        return _as_stored(name)

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if why := accounts.why_expired(user):
            raise ValidationError(why, code="expired")


def _as_stored(name):
    """The only account's name that is `name` but for capitals, as a telephone puts them; else `name`. So tries are counted
    by the account, however it is typed.
    """
    alike = list(User.objects.filter(username__iexact=name).values_list("username", flat=True)[:2])
    return alike[0] if len(alike) == 1 else name


class SignIn(OfAnAccount, AuthenticationForm):
    pass


class AdminSignIn(OfAnAccount, AdminAuthenticationForm):
    pass
