"""The directory's tables, one noun per file."""

from .account import StaffRole, User
from .activity import Activity, DayChange, Role, Slot
from .confirmation import Confirmation
from .event import ChainedEvent, Event
from .exchange import DuplicateCandidate, ImportRun
from .letterbox import HostReport, HostRequest
from .municipality import District, Municipality, Office
from .organization import Organization, OrganizationMember
from .photo import Photo, PhotoRendition, PlacePhoto
from .place import Contact, Place, PlaceStaffFacts
from .report import Report
from .submission import Submission
from .window import ConsultationWindow

__all__ = [
    "Activity",
    "ChainedEvent",
    "Confirmation",
    "ConsultationWindow",
    "Contact",
    "DayChange",
    "District",
    "DuplicateCandidate",
    "Event",
    "HostReport",
    "HostRequest",
    "ImportRun",
    "Municipality",
    "Office",
    "Organization",
    "OrganizationMember",
    "Photo",
    "PhotoRendition",
    "Place",
    "PlacePhoto",
    "PlaceStaffFacts",
    "Report",
    "Role",
    "Slot",
    "StaffRole",
    "Submission",
    "User",
]
