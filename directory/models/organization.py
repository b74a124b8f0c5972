"""Groups that run places, and the people who may change their listings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Organization(models.Model):
    """Whoever runs places: a volunteer group, an NPO, a company, the town itself."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="organizations")
    name = models.CharField(_("団体名"), max_length=120)
    yomi = models.CharField(_("よみ"), max_length=200, blank=True)
    description = models.TextField(_("どんな団体か"), blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    url = models.URLField(_("ホームページ"), blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)

    class Meta:
        verbose_name = _("団体")
        ordering = ["municipality", "yomi", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="organization_names_are_unique_in_a_town")
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationMember(models.Model):
    """A host account that may change the listings of an organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)

    class Meta:
        verbose_name = _("団体の人")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"], condition=Q(until_on=None), name="one_current_membership_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.user}"
