"""Places some of the fictional people took part in before, each under a plan of its own that is over."""

from datetime import date, timedelta

from directory.actions.letterbox import answer_request
from directory.choices import HostAnswer
from directory.models import HostRequest, OrganizationMember, Place, User
from matching.actions import placements, plans, proposals, requests
from matching.choices import GapAnswer, PersonAnswer
from matching.models import Client, Proposal
from matching.options import Option, Options, explanation_of, inputs_of, options_for

from .dates import Spell, draft_was_made, letter_was_answered, letter_was_sent, plan_was_closed


def live_through(client: Client, spells: list[Spell], *, worker: User, today: date) -> None:
    """Each spell by the same actions staff use, from its plan to its end."""
    for number, spell in enumerate(spells):
        _spell(client, number, spell, worker=worker, today=today)


def _spell(client: Client, number: int, spell: Spell, *, worker: User, today: date) -> None:
    def ago(days: int) -> date:
        return today - timedelta(days=days)

    begun = spell.begun
    plan = plans.make_plan(
        client=client, goal="出かける所がほしい（見本）", gap=GapAnswer.GAP,
        gap_words="今ある制度では、通える場が見つからない（見本）", from_on=ago(begun + 8), by=worker,
    )  # fmt: skip
    draft_was_made(plan, ago(begun + 8))
    plans.agree(plan=plan, on=ago(begun + 7), by=worker)
    options = options_for(client, today=today)
    option = _without_host([one for one in options.in_order if one.proposal is None])[number]
    proposal = suggest(options, option, on=ago(begun + 6), worker=worker)
    proposals.answer(proposal=proposal, answer=PersonAnswer.WANT, words="（見本）", on=ago(begun + 5), by=worker)
    link = requests.ask_host(proposal=proposal, by=worker)
    letter_was_sent(link, ago(begun + 4))
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    answer_request(request=letter, answer=HostAnswer.YES, by=worker)
    requests.collect_letters(municipality=client.municipality)
    letter_was_answered(link, ago(begun + 3))
    link.refresh_from_db()
    requests.mark_seen(link=link, by=worker)
    proposal.refresh_from_db()
    placement = placements.begin(proposal=proposal, begins_on=ago(begun), by=worker)
    placements.end(placement=placement, reason=spell.reason, ends_on=ago(spell.ended), words="（見本）", by=worker)
    plans.close_plan(plan=plan, by=worker)
    plan_was_closed(plan, ago(spell.ended))


def suggest(options: Options, option: Option, *, on: date, worker: User) -> Proposal:
    """As the page does: what was known and said goes along, and a reason where the order says otherwise."""
    return proposals.propose(
        client=options.client,
        place=option.place,
        inputs=inputs_of(options, option),
        explanation=explanation_of(option),
        rules_version=options.rules.version,
        activity=option.place.activities.first(),
        against_order="本人の希望（見本）" if options.better_than(option) else "",
        on=on,
        by=worker,
    )


def _without_host(options: list[Option]) -> list[Option]:
    """Places where no host of the demo signs in: their pages stay as they are."""
    members = OrganizationMember.objects.values("organization")
    hosted = set(Place.objects.filter(organization__in=members).values_list("pk", flat=True))
    return [one for one in options if one.place.pk not in hosted]
