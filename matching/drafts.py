"""下書き: kept while somebody types, put back when they return, gone when they save or throw it away.

Only what was typed is kept, never the whole form: an answer that somebody else changed meanwhile must not come back
with a draft that never touched it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from directory.models import User
from matching.forms.person import PlanForm, RecordForm
from matching.forms.wishes import WishesForm
from matching.models import Client, Draft

# A draft that nobody came back to is forgotten.
FORGOTTEN_AFTER = timedelta(days=14)


def _plan_form(client: Client) -> forms.Form:
    from matching.views.papers import plan_initial

    return PlanForm(initial=plan_initial(client))


FORMS: dict[str, Callable[[Client], forms.Form]] = {
    "wishes": lambda client: WishesForm(client=client),
    "record": lambda _client: RecordForm(),
    "plan": _plan_form,
}


def typed_in(form: forms.Form, data: QueryDict) -> dict[str, Any]:
    """What in `data` differs from what the form shows when it is opened; hidden fields are no typing."""
    typed = {}
    for bound in form.visible_fields():
        given = bound.field.widget.value_from_datadict(data, {}, bound.html_name)
        if bound.field.has_changed(bound.initial, given):
            typed[bound.name] = given
    return typed


@transaction.atomic
def keep(*, client: Client, name: str, data: QueryDict, by: User) -> Draft | None:
    """Keep what was typed into a form; nothing typed keeps nothing. Raises KeyError for a form without drafts."""
    typed = typed_in(FORMS[name](client), data)
    Draft.objects.filter(saved_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    if not typed:
        drop(client=client, name=name, by=by)
        return None
    draft = Draft.objects.select_for_update().filter(client=client, user=by, form=name).first()
    draft = draft or Draft(client=client, user=by, form=name)
    draft.typed, draft.saved_at = typed, timezone.now()
    draft.save()
    return draft


def drop(*, client: Client, name: str, by: User) -> None:
    """Saved, or thrown away."""
    Draft.objects.filter(client=client, user=by, form=name).delete()


def put_back(form: forms.Form, *, client: Client, name: str, user: User) -> Draft | None:
    """Fill a form that was just opened with the draft, where there is one."""
    draft = Draft.objects.filter(client=client, user=user, form=name).first()
    if draft is None or form.is_bound:
        return draft
    for field, given in draft.typed.items():
        if field in form.fields:
            form.initial[field] = given
    return draft
