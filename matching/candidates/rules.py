"""The numbers a municipality may set for matching; the defaults are the conventions of the case files."""

from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Frozen with every proposal, so that an old explanation can be read with the numbers of its day."""

    version: str = "2026-11"
    # Speeds in km/h; waiting in minutes, once per journey.
    walk_kmh: float = 4.0
    bicycle_kmh: float = 12.0
    bus_kmh: float = 20.0
    bus_waiting_minutes: float = 10.0
    car_kmh: float = 30.0
    # A place confirmed longer ago than this many days is asked again first.
    stale_after_days: int = 180
    # Bands: fit from 0 to 1, and the share of the weight that is known.
    good_fit: float = 0.75
    good_coverage: float = 0.5
    fair_fit: float = 0.5
    # 大切にしたいこと count this much; all other weights are 1 unless set here.
    important_weight: float = 2.0
    weights: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    # What was learned from how long people stayed, by kind of place: off (empty) unless a town turns it on.
    learned: MappingProxyType[str, float] = field(default_factory=lambda: MappingProxyType({}))
    # A learned factor moves a fit by so much at most, whatever was learned.
    most_learned: float = 0.1

    def learned_factor(self, kind: str) -> float:
        """Between 0.9 and 1.1; 1 for a kind nothing was learned of."""
        return min(1 + self.most_learned, max(1 - self.most_learned, self.learned.get(kind, 1.0)))

    def kmh(self, means: str) -> float | None:
        """Speed of one means of travel; None for a means that does not move by itself (送り迎え)."""
        speeds = {"walk": self.walk_kmh, "bicycle": self.bicycle_kmh, "bus": self.bus_kmh, "car": self.car_kmh}
        return speeds.get(means)


DEFAULT = Rules()
