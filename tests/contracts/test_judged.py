"""The judged questions of residents hold on every engine, and both find the same in the same order."""

from pathlib import Path

from benchmarks.judged import run
from tests.contracts.conftest import Both

FOLDER = Path(__file__).resolve().parent.parent / "search" / "judged"


def mean(figures: dict[str, dict[str, list[float]]], name: str) -> float:
    values = [value for one in figures.values() for value in one[name]]
    assert values
    return sum(values) / len(values)


def test_residents_find_what_they_mean(engine: Both) -> None:
    figures = run(FOLDER, engine, verbose=False)
    assert mean(figures, "recall") >= 0.95
    assert mean(figures, "ndcg") >= 0.90
    assert mean(figures, "forbidden") == 0
    assert mean(figures, "unanswerable") == 0
