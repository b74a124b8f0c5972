"""A proxy on loopback that does to a connection what networks do: refuse, hang, cut, delay, answer nonsense.

It stands before a real server; only the faults are made up.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit


class FaultyProxy:
    """`fault` may be changed at any time: "", "refuse", "503", "hang", "cut", "slow", "partial", "nonsense"."""

    SLOW_SECONDS = 3.0

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.target = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self.fault = ""
        # Connections in which a request came, to count who had to wait.
        self.requests = 0
        self._held: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._closing = False
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def _serve(self) -> None:
        while not self._closing:
            try:
                connection, _address = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(connection,), daemon=True).start()

    def _carry(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            while request := _message(connection):
                self.requests += 1
                if not self._answer(connection, request):
                    return

    def _answer(self, connection: socket.socket, request: bytes) -> bool:
        """Returns whether the connection stays open."""
        match self.fault:
            case "refuse":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                return False
            case "hang":
                self._held.append(connection)
                while self.fault == "hang" and not self._closing:
                    time.sleep(0.02)
                return False
            case "503":
                connection.sendall(_made("503 Service Unavailable", b'{"error":"unavailable","status":503}'))
                return True
            case "nonsense":
                connection.sendall(_made("200 OK", b'{"responses": [{"took"'))
                return True
            case "slow":
                time.sleep(self.SLOW_SECONDS)
        answer = self._forward(request)
        if self.fault == "cut":
            connection.sendall(answer[: len(answer) // 2])
            return False
        if self.fault == "partial":
            answer = _with_failed_shard(answer)
        connection.sendall(answer)
        return True

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection(self.target, timeout=30) as upstream:
            upstream.sendall(request)
            return _message(upstream)

    def close(self) -> None:
        self._closing = True
        self._server.close()


def _message(connection: socket.socket) -> bytes:
    """One HTTP message with its body; empty when the other side has closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _gap, body = data.partition(b"\r\n\r\n")
    fields = {
        name.strip().lower(): value.strip()
        for name, _colon, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    }
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body
    while len(body) < int(fields.get(b"content-length", b"0")):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _made(status: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\n"
        f"Content-Type: application/vnd.elasticsearch+json;compatible-with=9\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _with_failed_shard(answer: bytes) -> bytes:
    head, _gap, body = answer.partition(b"\r\n\r\n")
    changed = body.replace(b'"failed":0', b'"failed":1')
    return head + b"\r\n\r\n" + changed


@contextlib.contextmanager
def faulty(url: str) -> Iterator[FaultyProxy]:
    made = FaultyProxy(url)
    yield made
    made.close()
