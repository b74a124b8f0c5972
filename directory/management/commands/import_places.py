"""`manage.py import_places --municipality CODE FILE…`: shows what a file would bring; `--apply` stores it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from directory.choices import PlaceKind
from directory.exchange.columns import Shape
from directory.exchange.events import import_events
from directory.exchange.findings import COLUMNS, Finding, FindingKind, by_kind
from directory.exchange.importing import Origin, Outcome, import_places, licence_of
from directory.exchange.reading import NotATable, Table, read_table
from directory.exchange.writing import write_csv
from directory.models import Municipality, User


class Command(BaseCommand):
    help = "自治体の一覧（CSV）から場を取りこみます。--apply を付けるまでは、何も変えません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV のファイル")
        parser.add_argument("--municipality", required=True, metavar="CODE", help="全国地方公共団体コード（6けた）")
        parser.add_argument("--apply", action="store_true", help="よい行をまとめて取りこむ")
        parser.add_argument("--source", default="", help="出典の名前（何も書かなければファイルの名前）")
        parser.add_argument("--licence", default="", help="利用条件（例: CC BY 4.0）")
        parser.add_argument("--as-of", default="", help="いつの情報か")
        parser.add_argument("--kind", choices=PlaceKind.values, help="場の種類（すべての行に使う）")
        parser.add_argument("--by", default="", metavar="MAIL", help="取りこむ職員のメールアドレス")
        parser.add_argument("--findings", type=Path, metavar="FILE.csv", help="気づいたことを書き出すファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        town = self._town(options["municipality"])
        by = self._person(options["by"])
        if options["source"] and len(options["files"]) > 1:
            raise CommandError("--source は、ファイルがひとつのときだけ使えます。")
        tables, findings = self._tables([Path(name) for name in options["files"]])
        kind = PlaceKind(options["kind"]) if options["kind"] else None
        with transaction.atomic():
            outcomes = self._run(tables, town, options, kind=kind, by=by)
            # A dry run walks the same way as --apply, and then everything is taken back.
            transaction.set_rollback(not options["apply"])
        for outcome in outcomes:
            self._report(outcome)
            findings += outcome.findings
        self._show(findings)
        if options["findings"]:
            self._write(Path(options["findings"]), findings)
        self._end(outcomes, applied=options["apply"])

    def _town(self, code: str) -> Municipality:
        try:
            return Municipality.objects.get(code=code)
        except Municipality.DoesNotExist as error:
            known = "、".join(f"{town.code} {town.name}" for town in Municipality.objects.all()[:10])
            raise CommandError(
                f"コード {code} の市区町村がありません。登録ずみ: {known or 'まだひとつもありません'}"
            ) from error

    def _person(self, mail: str) -> User | None:
        if not mail:
            return None
        person = User.objects.filter(email=mail.lower(), is_active=True).first()
        if person is None:
            raise CommandError("--by の職員が見つかりません。メールアドレスを確かめてください。")
        return person

    def _tables(self, files: list[Path]) -> tuple[list[Table], list[Finding]]:
        tables, findings = [], []
        for path in files:
            try:
                table = read_table(path)
            except NotATable as problem:
                findings.append(Finding(FindingKind.UNREADABLE, path.name, note=str(problem)))
                continue
            if table.shape is Shape.UNKNOWN:
                headings = "、".join(table.headings)[:200]
                findings.append(Finding(FindingKind.UNKNOWN_SHAPE, path.name, value=headings))
                continue
            tables.append(table)
        return tables, findings

    def _run(
        self,
        tables: list[Table],
        town: Municipality,
        options: dict[str, Any],
        *,
        kind: PlaceKind | None,
        by: User | None,
    ) -> list[Outcome]:
        # Places first, so that events find those of the same run.
        tables = sorted(tables, key=lambda table: table.shape is Shape.EVENTS)
        outcomes = []
        # No bar where nobody watches (disable=None): logs stay short.
        with tqdm(total=sum(len(table.rows) for table in tables), unit="行", file=sys.stderr, disable=None) as bar:
            for table in tables:
                if table.shape is Shape.EVENTS:
                    outcomes.append(import_events(table, town=town, by=by, each=bar.update))
                    continue
                origin = Origin(
                    source=options["source"] or table.name,
                    licence=options["licence"] or licence_of(table),
                    as_of=options["as_of"],
                )
                outcomes.append(import_places(table, town=town, origin=origin, kind=kind, by=by, each=bar.update))
        return outcomes

    def _report(self, outcome: Outcome) -> None:
        table = outcome.table
        self.stdout.write(
            f"{table.name}：{table.shape.value}・{table.encoding}・{len(table.rows)}行　"
            f"新しい {len(outcome.created)}、変わった {len(outcome.updated)}、同じ {outcome.unchanged}、"
            f"取りこまない {outcome.refused}"
        )

    def _show(self, findings: list[Finding]) -> None:
        for finding in findings:
            if not finding.kind.is_only_news:
                self.stdout.write(f"  {finding.sentence()}")
        self.stdout.write("気づいたこと：")
        for kind, number in by_kind(findings).items():
            self.stdout.write(f"  {FindingKind(kind).label} {number}件")
        if any(finding.kind.is_only_news for finding in findings):
            self.stdout.write("  （数だけ出したものも、--findings FILE.csv で一行ずつ書き出せます）")

    def _write(self, path: Path, findings: list[Finding]) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as target:
                written = write_csv(target, COLUMNS, (finding.cells() for finding in findings))
        except OSError as error:
            raise CommandError(f"{path} に書けません。場所を確かめてください。") from error
        self.stdout.write(f"{path} に {written} 件を書きました。")

    def _end(self, outcomes: list[Outcome], *, applied: bool) -> None:
        changes = sum(outcome.changes for outcome in outcomes)
        if applied:
            self.stdout.write(f"取りこみました：{changes}件の変更。")
        else:
            self.stdout.write(
                f"まだ何も変えていません（取りこむと {changes}件の変更）。よければ --apply を付けてください。"
            )
