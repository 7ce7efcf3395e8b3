"""Django's rules of what makes a password good, asked of the password as it is hashed (`ledger.text.secret`).

Asked of it as it was typed, three letters that a keyboard sends in parts would be nine signs.
"""

from django.contrib.auth import password_validation as django

from ledger.text import secret


class AsHashed:
    def validate(self, password, user=None):
        super().validate(secret(password), user)


class UnlikeTheUser(AsHashed, django.UserAttributeSimilarityValidator):
    def __init__(self):
        super().__init__(user_attributes=("username", "display_name", "email"))


class LongEnough(AsHashed, django.MinimumLengthValidator):
    pass


class Uncommon(AsHashed, django.CommonPasswordValidator):
    pass


class NotNumeric(AsHashed, django.NumericPasswordValidator):
    pass
