"""Facets as bits of one number per place: counting every choice costs one pass over the places found."""

from directory.choices import PlaceKind, Want
from search.document import Document
from search.query import HOW

# {(facet, value): bit}
BITS: dict[tuple[str, str], int] = {
    pair: 1 << place
    for place, pair in enumerate(
        [("how", name) for name in HOW]
        + [("wants", want) for want in Want.values]
        + [("kinds", kind) for kind in PlaceKind.values]
    )
}


def bits_of(document: Document, *, known_no: bool = False) -> int:
    """What a place is known to be, or with `known_no` what it is known not to be."""
    names = document.no if known_no else document.yes
    bits = sum(BITS[("how", name)] for name in names if ("how", name) in BITS)
    if not known_no:
        bits |= sum(BITS[("wants", want)] for want in set(document.wants) if ("wants", want) in BITS)
        bits |= BITS.get(("kinds", document.kind), 0)
    return bits


def weekday_bits(weekdays: frozenset[int] | None) -> int:
    """Bits 0–6 for Monday to Sunday; bit 7 alone = not known."""
    return 128 if weekdays is None else sum(1 << day for day in weekdays)
