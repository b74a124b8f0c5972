"""The tables of casework, one noun per file."""

from .board import Board, BoardPerson, BoardPlace, BoardRule
from .client import Client, Household, HouseholdMember, TeamMember
from .condition import Avoidance, Condition, FreeTime, Wish
from .consent import Consent
from .consultation import Consultation, Trouble
from .event import Event, Sighting
from .placement import FollowUp, HostSupport, NextStep, Placement
from .plan import Plan
from .proposal import CollectedReport, Proposal, RequestLink, Visit
from .prospect import Prospect, ProspectStep
from .record import Record
from .sketch import Sketch

__all__ = [
    "Avoidance",
    "Board",
    "BoardPerson",
    "BoardPlace",
    "BoardRule",
    "Client",
    "CollectedReport",
    "Condition",
    "Consent",
    "Consultation",
    "Event",
    "FollowUp",
    "FreeTime",
    "HostSupport",
    "Household",
    "HouseholdMember",
    "NextStep",
    "Placement",
    "Plan",
    "Proposal",
    "Prospect",
    "ProspectStep",
    "Record",
    "RequestLink",
    "Sighting",
    "Sketch",
    "TeamMember",
    "Trouble",
    "Visit",
    "Wish",
]
