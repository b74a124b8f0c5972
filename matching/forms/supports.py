"""Forms of support that is no place."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.forms import parts


class SupportForm(forms.Form):
    kind = parts.from_list("supports", _("どんな支え"))
    who = parts.line(_("だれが"), required=True, help_text=_("例: 民生委員の中田さん、地域包括支援センター"))
    what = parts.words(_("なにを、どのくらい"), rows=2, help_text=_("例: 週1回、玄関で声をかける。"))
    from_on = parts.day(_("いつから"), required=True)
    until_on = parts.day(_("見直す日"))
    form_key = parts.form_key()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = timezone.localdate


class EndSupportForm(forms.Form):
    on = parts.day(_("終わった日"), required=True)
    words = parts.line(_("終わったわけ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
