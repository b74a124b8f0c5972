"""The pages about one person, as the identity bar lists them."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Client

PAGES = [
    ("desk_person", _("経過と記録")),
    ("desk_wishes", _("希望と条件")),
    ("desk_candidates", _("場をさがす")),
    ("desk_compare", _("場を比べる")),
    ("desk_plan", _("プラン")),
    ("desk_consent", _("同意")),
    ("desk_measures", _("尺度")),
    ("desk_household", _("世帯")),
    ("desk_avoid", _("避ける場")),
    ("desk_facts", _("名前・連絡先")),
    ("desk_team", _("担当")),
    ("desk_seen", _("見た人の記録")),
]


@dataclass(frozen=True)
class Link:
    name: str
    label: Promise
    href: str


def links_of(client: Client) -> list[Link]:
    """Links to every page that is installed."""
    links = []
    for name, label in PAGES:
        try:
            links.append(Link(name, label, reverse(name, args=[client.number])))
        except NoReverseMatch:  # A page of a part that is not there yet has no link.
            continue
    return links
