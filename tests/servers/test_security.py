"""A cluster with TLS and accounts: the web process reads and cannot write, and no account is in any log."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import ApiError, AuthenticationException, AuthorizationException

from search.document import Document
from search.engines.elastic import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.errors import Unreachable
from search.engines.store import FileStore
from search.query import Query
from tests.contracts.conftest import server

PROGRAM = Path(__file__).resolve().parent.parent.parent / "dev" / "elasticsearch"
PLACE = Document(id=1, version=1, municipality=1, code="000001", name="おはなサロン", yomi="おはなさろん")


@pytest.fixture(scope="module")
def node() -> Iterator[dict[str, str]]:
    # Where no plain node was wanted, no guarded one is either.
    server()
    started = subprocess.run(
        [sys.executable, str(PROGRAM), "start", "--secure", "--memory", "512m"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    yield json.loads(started.stdout)
    subprocess.run([sys.executable, str(PROGRAM), "stop", "--secure"], check=True)


def engine(node: dict[str, str], account: str) -> ElasticsearchEngine:
    client = connect(node["url"], account=account, ca=node["ca"])
    return ElasticsearchEngine(client, "places", EmbeddedEngine(FileStore()), seconds=20)


def test_the_worker_writes_and_the_pages_read(node: dict[str, str]) -> None:
    writer, reader = engine(node, node["writer"]), engine(node, node["reader"])
    assert writer.index([PLACE]) == 1
    writer.refresh()
    assert [hit.place for hit in reader.search(Query(words="サロン")).hits] == [1]
    assert reader.facts()["is_current"]


def test_the_reader_cannot_write_delete_or_move_the_alias(node: dict[str, str]) -> None:
    engine(node, node["writer"]).index([PLACE])
    client = engine(node, node["reader"]).client
    index = client.indices.get_alias(name="places").body.popitem()[0]
    with pytest.raises(AuthorizationException):
        client.index(index=index, id="2", document={"id": 2})
    with pytest.raises(AuthorizationException):
        client.indices.delete(index=index)
    with pytest.raises(AuthorizationException):
        client.indices.put_alias(index=index, name="places-other")


def test_the_writer_reaches_nothing_but_places(node: dict[str, str]) -> None:
    client = engine(node, node["writer"]).client
    with pytest.raises(AuthorizationException):
        client.index(index="people", id="1", document={"name": "x"})


def test_nobody_gets_in_without_an_account(node: dict[str, str]) -> None:
    for account in ("", "reader:wrong", "elastic:changeme"):
        with pytest.raises(AuthenticationException):
            engine(node, account).client.search(index="places")


def test_a_certificate_that_is_not_trusted_is_refused(node: dict[str, str]) -> None:
    client = connect(node["url"], account=node["reader"])
    with pytest.raises(Unreachable):
        ElasticsearchEngine(client, "places", EmbeddedEngine(FileStore())).search(Query(words="サロン"))


def test_no_password_in_logs_reprs_or_errors(node: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    password = node["reader"].partition(":")[2]
    reader = engine(node, node["reader"])
    with pytest.raises(ApiError) as refused:
        reader.client.indices.delete(index="places")
    said = [repr(reader), repr(reader.client), str(refused.value), caplog.text]
    assert not any(password in text for text in said)
