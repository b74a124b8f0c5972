"""Fills the demo and says what to open: `manage.py demo`. Takes seconds and keeps data when it ran before."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.sample.loading import DEMO_PASSWORD
from search.drift import drifts
from website.sample import make_pages

HOSTS = [("hana@example.jp", "川西ふれあいの家")]
STAFF = [
    ("sakura@example.jp", "佐倉：参加支援員（人・つなぐ）"),
    ("nakano@example.jp", "中野：多機関協働コーディネーター"),
    ("ren@example.jp", "蓮：場の情報の確認（変更の確認）"),
    ("kanri@example.jp", "管理者"),
    ("editor@example.jp", "ページの編集（/cms/）"),
]


class Command(BaseCommand):
    help = "Sample pages, places, hosts and clients: five real towns' published facts and the fictional 見本町."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SETTINGS_MODULE == "website.settings.production":
            raise CommandError("The demo has known passwords: it never runs with production settings.")
        # The sample changes would fill the console with mails to people who do not exist.
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        make_pages()
        call_command("load_sample", verbosity=0)
        if apps.is_installed("matching") and "load_sample_people" in get_commands():
            call_command("load_sample_people", verbosity=0)
        if any(drift.total for drift in drifts()):
            call_command("rebuild_index", verbosity=0)
        self._say(options["port"])

    def _say(self, port: int) -> None:
        home = f"http://127.0.0.1:{port}"
        lines = [
            "",
            "つなぐ場  見本のデータで動いています（Tsunaguba runs with sample data）",
            "",
            f"  住民 residents     {home}/",
            f"  場を開く人 hosts   {home}/host/",
            *[f"      {mail}（{what}）" for mail, what in HOSTS],
            "      メールアドレスだけで入ります。数字はこの画面に出ます。",
            "      (address only; the code of the mail is printed here)",
            f"  職員 staff         {home}/desk/",
            *[f"      {mail}（{what}）" for mail, what in STAFF],
            f"      パスワード password: {DEMO_PASSWORD}  → 数字はこの画面に出ます (then the code printed here)",
            "",
            "  止めるには Ctrl-C (stop with Ctrl-C)",
            "",
        ]
        self.stdout.write("\n".join(lines))
