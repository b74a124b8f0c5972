"""Noting what a host was told about a person, once the person allowed it in writing."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.actions.avoidances import is_avoided
from matching.changes import changed
from matching.choices import ConsentState, DisclosureItem, ProposalState
from matching.models import Client, Consent, Disclosure, Proposal
from matching.refusals import NotForThisPerson, NotPossible, ValueMissing, WrongStep

# A host learns a name only after saying yes to somebody without one.
AFTER_THE_YES = [ProposalState.WELCOMED, ProposalState.VISITING, ProposalState.VISITED, ProposalState.BEGUN]


class NameNotAllowed(NotPossible):
    sentence = _(
        "名前などを受け入れ先に伝えてよいという、書面の同意がまだありません。「同意」のページで本人に聞いて書いてください。"
    )


def consent_to_name(client: Client, *, on: date) -> Consent | None:
    """The written consent that lets a host learn a name on that day, None when there is none."""
    valid = Consent.objects.for_hosts(on=on).filter(client=client, state=ConsentState.WRITTEN, name_to_hosts=True)
    return valid.first()


@transaction.atomic
def tell_host(
    *, proposal: Proposal, items: list[DisclosureItem], purpose: str, by: User, told_on: date | None = None
) -> Disclosure:
    """Keep in the register what the host was told. The software itself tells a host nothing: a human does.

    The same things on the same day stand there once. Raises WrongStep before the host's yes, NameNotAllowed,
    NotForThisPerson, ValueMissing, NotPossible for a day to come.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    day = told_on or timezone.localdate()
    if live.state not in AFTER_THE_YES:
        raise WrongStep(_("受け入れ先の「はい」のあとで伝えます。"))
    if not items or not purpose.strip():
        raise ValueMissing(_("伝えたことと、何のためかを書いてください。"))
    if day > timezone.localdate():
        raise NotPossible(_("伝えた日は、今日までの日にしてください。伝えてから書きます。"))
    if is_avoided(live.client, live.place):
        raise NotForThisPerson
    consent = consent_to_name(live.client, on=timezone.localdate())
    if consent is None:
        raise NameNotAllowed
    told = sorted(DisclosureItem(item).value for item in items)
    for before in live.disclosures.filter(told_on=day):
        if before.items == told:
            return before
    disclosure = Disclosure.objects.create(
        client=live.client, proposal=live, consent=consent, items=told, purpose=purpose.strip(), told_on=day, told_by=by
    )
    changed(
        "host.told", client=live.client, by=by, disclosure=str(disclosure.uuid), items=told, consent=str(consent.uuid)
    )
    return disclosure
