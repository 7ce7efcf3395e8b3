from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from ledger.models import User

LONGEST = User._meta.get_field("username").max_length


class NameThatCanBe:
    """Refuses a name no account can have before anything is written about the attempt."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if len(name) > LONGEST or not name.isprintable():
            raise ValidationError("Tên đăng nhập không đúng. Hãy gõ lại tên do quản trị cấp.")
        return name


class SignIn(NameThatCanBe, AuthenticationForm):
    pass


class AdminSignIn(NameThatCanBe, AdminAuthenticationForm):
    pass
