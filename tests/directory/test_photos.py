"""Uploaded pictures keep what they show and lose what they hide."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from directory.models import Photo
from directory.photos import clean_upload


def picture(*, kind: str = "JPEG", size: tuple[int, int] = (60, 40), orientation: int = 1) -> io.BytesIO:
    """A red picture with a GPS position and a device name inside."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Canary Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)})
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format=kind, exif=exif)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_position_and_device_are_gone(kind: str) -> None:
    cleaned = clean_upload(picture(kind=kind))
    assert b"Canary" not in cleaned.read()
    cleaned.seek(0)
    again = Image.open(cleaned)
    assert not dict(again.getexif())
    assert not again.info.keys() & {"exif", "comment", "xmp"}


def test_a_picture_taken_sideways_stands_upright() -> None:
    assert Image.open(clean_upload(picture(orientation=6))).size == (40, 60)


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff nonsense"]
)
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError, match="写真として読めませんでした"):
        clean_upload(io.BytesIO(content))


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_before_it_unfolds() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(ValidationError):
        clean_upload(io.BytesIO(bomb))


@pytest.mark.django_db
def test_an_editor_s_upload_is_cleaned_too(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    photo = Photo(title="見本", width=1, height=1)
    photo.file = ContentFile(picture(orientation=6).read(), name="IMG_0001.JPG")
    photo.save()
    with photo.file.open("rb") as file:
        assert b"Canary" not in file.read()
    assert (photo.width, photo.height) == (40, 60)
