"""Which words of a shown text answer the question. Made from the database's text when a page is shown, kept nowhere."""

from .plan import Plan
from .text import analyse, clean

Pieces = list[tuple[str, bool]]


def asked_norms(plan: Plan) -> frozenset[str]:
    """Single words that count as an answer; of names of several words none alone does."""
    clauses = (clause for wish in plan.wishes for clause in wish.clauses if clause.counts)
    return frozenset(clause.norms[0] for clause in clauses if len(clause.norms) == 1)


def marked(text: str, norms: frozenset[str]) -> Pieces:
    """The text in pieces, each with whether it answers; together the pieces are the text."""
    cleaned = clean(text)
    # Where cleaning changed the number of characters, positions would be off: then nothing is marked.
    if not norms or len(cleaned) != len(text):
        return [(text, False)]
    pieces: Pieces = []
    at = 0
    for word in analyse(text):
        start = cleaned.find(word.surface, at)
        if start < 0:
            continue
        if word.norm in norms or not norms.isdisjoint(word.parts):
            if start > at:
                pieces.append((text[at:start], False))
            pieces.append((text[start : start + len(word.surface)], True))
            at = start + len(word.surface)
    if at < len(text) or not pieces:
        pieces.append((text[at:], False))
    return pieces
