"""The Nu HTML checker, run once over many pages."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

JAR = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors_of(pages: dict[str, bytes]) -> list[str]:
    """Each error and warning as "address: line: words"; `pages` maps an address to its HTML."""
    if shutil.which("java") is None:
        pytest.fail("no Java found: `make test` installs it, or install the Debian package default-jre-headless")
    assert JAR.exists(), "the HTML checker is missing: run `make setup`"
    with tempfile.TemporaryDirectory() as folder:
        names: dict[str, str] = {}
        for number, (address, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_bytes(html)
            names[file.name] = address
        command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", folder]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [
        f"{names[Path(one['url']).name]}: {one.get('lastLine')}: {one['message']} {one.get('extract', '')[:120]}"
        for one in found["messages"]
        if one["type"] == "error" or one.get("subType") == "warning"
    ]
