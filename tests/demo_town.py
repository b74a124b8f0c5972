"""The demo as a visitor meets it: its own database, real server processes, a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from directory.sample.loading import DEMO_PASSWORD
from tests.migrated import sqlite_copy

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Town:
    """One filled database, and servers on it: `everything` (SITE_ROLE=all) and `outside` (SITE_ROLE=public)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "mails.log"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            # Without the surroundings' cluster: journeys run on what needs no server.
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("DJANGO_", "PYTEST_", "ELASTICSEARCH_"))
            },
            "DJANGO_SETTINGS_MODULE": "website.settings.dev",
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:{folder / 'town.sqlite3'}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "PYTHONUNBUFFERED": "1",
        }
        sqlite_copy(folder / "town.sqlite3")
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
            self.manage(*command)
        self.everything = self.serve("all")
        self.outside = self.serve("public")

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True, capture_output=True
        )

    def serve(self, role: str) -> str:
        """Start one more server on the same database; returns its address."""
        port = free_port()
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [str(Path(sys.executable).parent / "gunicorn"), "website.wsgi", "--bind", f"127.0.0.1:{port}",
                 "--threads", "4", "--log-level", "warning"],
                cwd=ROOT, env={**self.environment, "SITE_ROLE": role}, stdout=log, stderr=log,
            )  # fmt: skip
        self.processes.append(process)
        address = f"http://127.0.0.1:{port}"
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE_SECONDS:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    return address
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"no answer from {role}: {self.log.read_text(encoding='utf-8')[-2000:]}")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
            process.wait(timeout=10)

    def codes(self) -> list[str]:
        """Every code that was mailed so far; the demo's mails go to the console."""
        return re.findall(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", self.log.read_text(encoding="utf-8"), re.M)

    def sign_in_host(self, page: Page, mail: str, *, at: str) -> None:
        page.goto(f"{at}/accounts/login/")
        page.get_by_role("link", name="メールで数字を受け取る").click()
        page.get_by_label("メールアドレス").fill(mail)
        self._with_code(page, "数字を送ってもらう")

    def sign_in_staff(self, page: Page, mail: str) -> None:
        page.goto(f"{self.everything}/accounts/login/")
        page.get_by_label("メールアドレス").fill(mail)
        page.get_by_label("パスワード").fill(DEMO_PASSWORD)
        self._with_code(page, "つぎへ")

    def _with_code(self, page: Page, button: str) -> None:
        before = len(self.codes())
        page.get_by_role("button", name=button).click()
        begun = time.monotonic()
        while len(self.codes()) == before:
            assert time.monotonic() - begun < PATIENCE_SECONDS, "no mail came"
            time.sleep(0.1)
        page.locator("input[name=code]").fill(self.codes()[-1])
        page.get_by_role("button", name="入る", exact=True).click()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "no browser here: install the Debian package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Visitor:
    """A browser window that remembers what its console complained about."""

    def __init__(self, browser: Browser, *, width: int = 360, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, locale="ja-JP", **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._heard(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that is answered with what to mend (422) is no fault; Chromium reports the status all the same.
        if message.type == "error" and "status of 422" not in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        self.context.close()
