"""Run by itself, on a database file that has its tables: kills every change at every point, tells what it saw.

`driver.py DATABASE [NAME …]`: one JSON line a change: {"name", "points", "wrong": [sentence, …]}. A child process
makes the change and is killed by SIGKILL just before its k-th writing statement, or at its commit; nothing of it may
then stand in the file. Afterwards the change is pressed twice and must stand there once.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
AT_COMMIT = 10_000
FAILED = -1
# One step of the way more with every press is what a button for one step is there for.
STEPS_ON = {"clients.open_client"}


def fingerprint(file: Path) -> dict[str, Any]:
    """Every row of every table."""
    with sqlite3.connect(file) as base:
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, base.execute(f'SELECT * FROM "{name}"')))
            for name in names
            if name.startswith(("matching_", "directory_", "search_"))
        }


def counts(file: Path) -> dict[str, Any]:
    """How many rows each table holds, and how many events of each kind."""
    rows: dict[str, Any] = {name: len(found) for name, found in fingerprint(file).items()}
    with sqlite3.connect(file) as base:
        rows["events"] = dict(Counter(row[0] for row in base.execute("SELECT action FROM matching_event")))
    return rows


def in_child(press: Callable[[], Any], *, kill_at: int | None = None, times: int = 1) -> int:
    """Press in a process of its own; the signal that ended it, 0 when it came to its end, or FAILED."""
    pid = os.fork()
    if pid == 0:
        try:
            _press(press, kill_at, times)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    return FAILED if os.WEXITSTATUS(status) else 0


def _press(press: Callable[[], Any], kill_at: int | None, times: int) -> None:
    from django.db import connection

    done = 0

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal done
        if sql.lstrip().upper().startswith(WRITES):
            done += 1
            if done == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *rest)

    if kill_at == AT_COMMIT:
        connection._commit = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    with connection.execute_wrapper(count):
        for _press_number in range(times):
            press()
    _days_are_kept()
    connection.close()


def _days_are_kept() -> None:
    """次の期日 stands with every person as it would be counted anew."""
    from directory.models import Municipality
    from matching.models import Client
    from matching.next_days import next_days

    for town in Municipality.objects.all():
        people = list(Client.objects.filter(municipality=town))
        if {client.pk: client.next_on for client in people} != next_days(people, town=town):
            raise AssertionError("the next day of somebody is not what waits for them")


def try_one(name: str, prepare: Callable[[Any], Callable[[], Any]], base: Path, work: Path) -> dict[str, Any]:
    from django.db import connection

    from tests.matching.cast import Cast

    def fresh(source: Path) -> None:
        connection.close()
        for old in work.parent.glob(work.name + "*"):
            old.unlink()
        shutil.copy(source, work)

    fresh(base)
    press = prepare(Cast())
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    ready = work.with_name("ready.sqlite3")
    shutil.copy(work, ready)
    before, wrong = fingerprint(ready), []
    if in_child(press):
        wrong.append("the press itself fails")
    once = counts(work)
    if fingerprint(work) == before:
        wrong.append("it changes nothing")
    last, ran_through = 0, False
    for kill_at in [*range(1, 200), AT_COMMIT]:
        if kill_at != AT_COMMIT and ran_through:
            continue
        fresh(ready)
        ended = in_child(press, kill_at=kill_at)
        if not ended:
            if kill_at == AT_COMMIT:
                wrong.append("it never commits")
            ran_through = True
            continue
        last = last if kill_at == AT_COMMIT else kill_at
        if fingerprint(work) != before:
            wrong.append(f"killed at statement {kill_at}, half of it stands there")
        if in_child(press, times=1 if name in STEPS_ON else 2):
            wrong.append("pressed twice, the second press is refused")
        if counts(work) != once:
            wrong.append(f"killed at statement {kill_at} and pressed again, it does not stand there once")
    return {"name": name, "points": last + 1, "wrong": wrong}


def main(base: Path, names: list[str]) -> None:
    import django

    work = base.with_name("work.sqlite3")
    os.environ["DATABASE_URL"] = f"sqlite:{work}"
    django.setup()
    import time_machine

    from tests.matching.killing.presses import PRESSES

    with time_machine.travel("2026-11-24T09:15:00+09:00", tick=True):
        for name in names or sorted(PRESSES):
            print(json.dumps(try_one(name, PRESSES[name], base, work)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
