"""Handing on many people at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality
from matching.models import Client

from . import parts


class CaseloadForm(forms.Form):
    """Who takes over whom; what is under way is written into each memo by itself."""

    cautions = parts.words(
        _("みなさんに共通の、気をつけること"),
        rows=2,
        help_text=_("一人ずつの「いま動いていること」は、記録から自動でメモに入ります。あとで一人ずつ書き足せます。"),
    )
    people = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("引きつぐ人をえらんでください。")}
    )

    def __init__(self, *args: Any, municipality: Municipality, clients: list[Client], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(client.uuid): client for client in clients}
        self.fields["to"] = parts.WorkerField(municipality, label=_("新しい主担当"))
        people = self.fields["people"]
        assert isinstance(people, forms.MultipleChoiceField)
        people.choices = [(key, client.number) for key, client in self.by_key.items()]
        people.label = _("引きつぐ人")
        self.order_fields(["people", "to", "cautions"])

    @property
    def chosen(self) -> list[Client]:
        return [self.by_key[key] for key in self.cleaned_data["people"]]
