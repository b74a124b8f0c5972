"""What residents look for, as terms and counts: nobody's question can be read from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.choices import Answered

LONGEST_TERMS = 60


class SearchTerm(models.Model):
    """How often one set of normalised words was looked for in one week, and how the last of these searches ended.

    No person, no moment finer than a week, no address; what may be about a person is not written (search/discreet.py).
    """

    municipality = models.ForeignKey("directory.Municipality", on_delete=models.CASCADE, related_name="+")
    # Only when the resident chose exactly one district.
    district = models.ForeignKey(
        "directory.District", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    week = models.DateField(_("週（月曜日）"))
    terms = models.CharField(_("ことば"), max_length=LONGEST_TERMS)
    kind = models.CharField(_("結果"), max_length=5, choices=Answered)
    count = models.PositiveIntegerField(_("回数"), default=1)

    class Meta:
        verbose_name = _("さがされたことば")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "district", "week", "terms"],
                condition=Q(district__isnull=False),
                name="search_terms_are_counted_in_one_row_a_district",
            ),
            models.UniqueConstraint(
                fields=["municipality", "week", "terms"],
                condition=Q(district=None),
                name="search_terms_are_counted_in_one_row_a_town",
            ),
            models.CheckConstraint(condition=Q(kind__in=Answered.values), name="search_term_kind_is_known"),
        ]
        indexes = [models.Index(fields=["municipality", "week", "kind"], name="search_term_week")]

    def __str__(self) -> str:
        return self.terms
