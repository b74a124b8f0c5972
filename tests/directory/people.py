"""The town of the public tests with a host, a second host and a reviewer."""

from datetime import date

from directory.choices import Offer, StaffDuty, UserKind
from directory.models import HostRequest, Organization, OrganizationMember, Place, StaffRole, User
from search.engines import embedded
from search.outbox import drain
from search.query import Query
from tests.directory.public.conftest import Town as PublicTown


class Town(PublicTown):
    """はな looks after the house, つむぎ after nothing here; 蓮 reviews."""

    def __init__(self) -> None:
        super().__init__()
        self.group = Organization.objects.create(municipality=self.municipality, name="川西の会")
        self.house.organization = self.group
        self.house.save()
        self.hana = User.objects.create_user("hana@example.jp", name="はな")
        self.second = User.objects.create_user("second@example.jp", name="ふたば")
        for user in (self.hana, self.second):
            OrganizationMember.objects.create(organization=self.group, user=user)
        self.stranger = User.objects.create_user("stranger@example.jp", name="よそ")
        self.ren = User.objects.create_user("ren@example.jp", kind=UserKind.STAFF, name="蓮")
        StaffRole.objects.create(
            user=self.ren, municipality=self.municipality, duty=StaffDuty.REVIEWER, from_on=date(2026, 4, 1)
        )

    def found(self, query: Query) -> set[int]:
        """Places that answer now; what a PostgreSQL site writes to its index after the commit is written first.

        The index in a file is not rolled back with a test: like the pages, this believes the database.
        """
        drain()
        hits = {hit.place for hit in embedded().search(query).hits if not hit.relaxed}
        return hits & set(Place.objects.published().values_list("pk", flat=True))

    def a_letter(self) -> HostRequest:
        return HostRequest.objects.create(
            municipality=self.municipality, place=self.house, offer=Offer.VISIT, reply_by_on=date(2026, 12, 1)
        )
