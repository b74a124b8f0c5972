"""One measured figure, printed as a line or as a JSON object."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sized
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True)
class Figure:
    """What was measured. `ours` and `baseline` share a unit; `ratio` is ours ÷ baseline where there is a baseline."""

    name: str
    ours: Any
    baseline: Any = None
    ratio: float | None = None
    goal: str = ""
    holds: bool | None = None
    command: str = ""

    def line(self) -> str:
        parts = [f"{self.name:<40} {_short(self.ours)}"]
        if self.baseline is not None:
            parts.append(f"baseline {_short(self.baseline)}")
        if self.ratio is not None:
            parts.append(f"ratio {self.ratio:.2f}")
        if self.goal:
            parts.append(f"goal {self.goal}")
        if self.holds is not None:
            parts.append("holds" if self.holds else "DOES NOT HOLD")
        return "  ".join(parts)


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser that knows --json; each benchmark adds its own sizes."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--json", action="store_true", help="one JSON object per figure")
    return made


def show(figures: Iterable[Figure], *, as_json: bool) -> None:
    """Print each figure as soon as it is known."""
    for figure in figures:
        print(json.dumps(asdict(figure), ensure_ascii=False) if as_json else figure.line(), flush=True)


class Steps(Sized, Protocol[Item]):
    """What can be counted and gone through."""

    def __iter__(self) -> Iterator[Item]: ...


def progress(steps: Steps[Item], what: str) -> Iterator[Item]:
    """Go through the steps, saying on the error stream how far it is."""
    for number, step in enumerate(steps, 1):
        yield step
        print(f"\r{what} {number}/{len(steps)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
