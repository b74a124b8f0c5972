"""The invented town into which the tests import."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.models import Municipality


@pytest.fixture
def town(db: None) -> Municipality:
    return Municipality.objects.create(
        code="999999", name="見本町", yomi="みほんちょう", prefecture="見本県", is_sample=True
    )


@pytest.fixture
def run(town: Municipality, tmp_path: Path) -> Callable[..., str]:
    """Writes each content to a file of that name and imports it; returns what the command says."""

    def run(apply: bool = True, code: str = "999999", findings: Path | None = None, **files: bytes) -> str:
        paths = []
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(content)
            paths.append(str(path))
        said = StringIO()
        call_command("import_places", *paths, municipality=code, apply=apply, findings=findings, stdout=said)
        return said.getvalue()

    return run
