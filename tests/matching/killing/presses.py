"""One press of every change of casework, by name: `module.function`, and a word more where one has several."""

from tests.matching.killing import of_people, of_places
from tests.matching.killing.pressing import PRESSES

__all__ = ["PRESSES", "of_people", "of_places"]
