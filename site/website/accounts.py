"""The one sign-in door: nobody signs up, hosts get a code by mail, staff need a password before the code."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.choices import UserKind


class Door(DefaultAccountAdapter):
    """Accounts are made by staff, never by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class CodeForm(RequestLoginCodeForm):
    """Asks for the address to which a code is sent. A code alone never opens a staff account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("メールアドレス")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        user = getattr(self, "_user", None)
        if user is not None and user.kind != UserKind.HOST:
            # As if unknown: the page must not tell which addresses are staff's.
            self._user = None
        return cleaned


class DigitsForm(ConfirmLoginCodeForm):
    """Takes the digits that came by mail; a telephone shows its number keys, and offers what came in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("届いた8けたの数字")
        self.fields["code"].help_text = _("「-」は書いても書かなくても入れます。")
        attributes = self.fields["code"].widget.attrs
        attributes.pop("placeholder", None)
        attributes.update({"inputmode": "numeric", "autocomplete": "one-time-code"})


class PasswordForm(LoginForm):
    """Address and password of staff; the second step follows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("メールアドレス")
        self.fields["password"].label = _("パスワード")
        # A forgotten password is set anew by the administrator of the office; there is no page for it.
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
