"""Photos: Wagtail images that know their town, their alternative text and the consent of those who are on them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from directory.photos import clean_upload


class Photo(AbstractImage):
    """One picture. Uploads are re-encoded, so that no place or device data stays inside (see photos.py)."""

    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    # None = not asked; a photo with recognisable people needs a yes.
    people_agreed = models.BooleanField(_("写っている人が承知している"), null=True, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)

    admin_form_fields = (*Image.admin_form_fields, "people_agreed")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Encode a new file anew before it is kept, whoever uploads it (a host, or an editor in the CMS)."""
        if self.file and not getattr(self.file, "_committed", True):
            cleaned = clean_upload(self.file.file, name=self.file.name)
            self.file = cleaned
            self.file_size, self.file_hash = cleaned.size, ""
            with PillowImage.open(cleaned) as picture:
                self.width, self.height = picture.size
        super().save(*args, **kwargs)


class PhotoRendition(AbstractRendition):
    """A smaller version of a photo."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PlacePhoto(models.Model):
    """A photo on the page of a place, with what it shows in words."""

    place = models.ForeignKey("directory.Place", on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("写真の説明"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="a_photo_is_described")]

    def __str__(self) -> str:
        return self.alt
