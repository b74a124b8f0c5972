"""Pictures that come from outside are decoded within bounds and encoded anew, so that nothing hidden stays inside."""

import io
import warnings
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

# What people's phones send; SVG and HTML never.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "MPO": "jpg"}
LONGEST_SIDE = 2400


def clean_upload(file: IO[bytes], *, name: str = "photo") -> ContentFile:
    """The same picture without any metadata (GPS, device, comments), upright, at most 2,400 px on its longer side.

    Raises ValidationError with a Japanese sentence when it is not a picture, or too large to be opened safely.
    """
    size = getattr(file, "size", None)
    if size is not None and size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_("写真が大きすぎます。10MBまでの写真を選んでください。"), code="too_large")
    try:
        with warnings.catch_warnings():
            # Pillow warns where a small file unfolds into a huge picture; for us that is a refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            picture = Image.open(file, formats=["JPEG", "PNG", "WEBP"])
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise ValidationError(
                    _("写真が大きすぎます。小さくしてから、もう一度送ってください。"), code="too_large"
                )
            kind = "JPEG" if picture.format == "MPO" else picture.format or "JPEG"
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
                upright = upright.convert("RGB")
            # A fresh canvas: Pillow would otherwise carry info chunks over into PNG and WebP.
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("写真として読めませんでした。JPEG・PNG・WebPの写真を選んでください。"), code="not_a_picture"
        ) from error
    out = io.BytesIO()
    bare.save(out, format=kind, quality=88)
    return ContentFile(out.getvalue(), name=f"{name.rsplit('.', 1)[0][:60] or 'photo'}.{FORMATS[kind]}")
