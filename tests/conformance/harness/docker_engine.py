"""A fake Docker Engine on a unix socket, with as much of its API as Traefik's providers ask for."""

from __future__ import annotations

import http.server
import json
import re
import socketserver
import threading
import urllib.parse
from typing import NamedTuple

from .jsontypes import Json, Object, mapping, sequence

API_VERSION = "1.44"
_VERSION: Object = {
    "Version": "25.0.0",
    "ApiVersion": API_VERSION,
    "MinAPIVersion": "1.24",
    "Os": "linux",
    "Arch": "amd64",
    "GitCommit": "0",
    "GoVersion": "go1.22",
}


class Containers(NamedTuple):
    """What the engine has: containers as `docker inspect` shows them, and the objects of a swarm."""

    containers: tuple[Object, ...] = ()
    services: tuple[Object, ...] = ()
    tasks: tuple[Object, ...] = ()
    networks: tuple[Object, ...] = ()


class DockerEngine:
    """The engine; `swap` changes what it has and tells those who listen to its events.

    A swarm has no events: its provider asks again and again. So an answer to `/services` is held back
    until there is something new, which also says when the provider has seen the last change.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.now = Containers()
        self.changed = threading.Condition()
        self.generation = 0
        self.served = -1
        self.listeners = 0
        self.closing = False
        engine = self

        class Handler(_Handler):
            """Answers for this engine."""

        Handler.engine = engine
        self._server = _Server(path, Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def swap(self, containers: Containers) -> None:
        """Replace everything the engine has and send an event."""
        with self.changed:
            self.now = containers
            self.generation += 1
            self.changed.notify_all()

    def wait_for_listener(self, timeout: float = 60) -> bool:
        """Wait until somebody listens to the events; return whether that came true."""
        with self.changed:
            return self.changed.wait_for(lambda: self.listeners > 0, timeout)

    def wait_for_news(self, seen: int) -> int:
        """Wait for a generation after `seen` and return it; -1 when the engine ends."""
        with self.changed:
            self.changed.wait_for(lambda: self.generation > seen or self.closing)
            return -1 if self.closing else self.generation

    def new_services(self) -> tuple[Object, ...]:
        """Return the swarm's services, once for each change."""
        with self.changed:
            self.changed.wait_for(lambda: self.served < self.generation or self.closing)
            self.served = self.generation
            return self.now.services

    def close(self) -> None:
        """End the server and release whoever waits for something new."""
        with self.changed:
            self.closing = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: Traefik closes connections as it likes."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    engine: DockerEngine

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def address_string(self) -> str:
        """Return a name for the peer; a unix socket has none."""
        return "unix"

    def do_HEAD(self) -> None:
        """Answer a ping."""
        self._answer("OK")

    def do_GET(self) -> None:
        """Answer a question about containers, services, tasks, networks, nodes or events."""
        url = urllib.parse.urlsplit(self.path)
        path = re.sub(r"^/v\d+\.\d+", "", url.path)
        engine = self.engine
        if path == "/_ping":
            self._answer("OK")
        elif path == "/version":
            self._answer(_VERSION)
        elif path == "/containers/json":
            self._answer([_summary(container) for container in engine.now.containers])
        elif found := re.match(r"^/containers/([^/]+)/json$", path):
            self._answer_container(found[1])
        elif path == "/services":
            self._answer(list(engine.new_services()))
        elif path == "/tasks":
            self._answer([task for task in engine.now.tasks if task["ServiceID"] in _filter(url.query)])
        elif path == "/networks":
            self._answer(list(engine.now.networks))
        elif path.startswith("/nodes/"):
            self._answer({"ID": path.rpartition("/")[2], "Status": {"State": "ready", "Addr": "10.99.0.1"}})
        elif path == "/events":
            self._stream_events()
        else:
            self._answer({"message": "page not found"}, 404)

    def _answer(self, body: Json, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Api-Version", API_VERSION)
        self.send_header("Ostype", "linux")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _answer_container(self, wanted: str) -> None:
        for container in self.engine.now.containers:
            if wanted in (container["Id"], str(container["Name"]).lstrip("/")):
                return self._answer(container)
        return self._answer({"message": f"No such container: {wanted}"}, 404)

    def _stream_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()
        engine = self.engine
        with engine.changed:
            seen = engine.generation
            engine.listeners += 1
            engine.changed.notify_all()
        while (seen := engine.wait_for_news(seen)) >= 0:
            event = (
                json.dumps(
                    {
                        "Type": "container",
                        "Action": "start",
                        "Actor": {"ID": f"event{seen}"},
                        "scope": "local",
                        "time": seen,
                        "timeNano": seen,
                    }
                ).encode()
                + b"\n"
            )
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            self.wfile.flush()


def _summary(container: Object) -> Object:
    return {
        "Id": container["Id"],
        "Names": [container["Name"]],
        "Image": "image",
        "Status": "Up",
        "Ports": [],
        "Labels": mapping(container["Config"])["Labels"],
        "State": mapping(container["State"])["Status"],
    }


def _filter(query: str) -> set[str]:
    """Return the service ids that a task query asks for."""
    filters = json.loads(urllib.parse.parse_qs(query).get("filters", ["{}"])[0])
    wanted = mapping(filters).get("service")
    return {str(name) for name in (mapping(wanted) or sequence(wanted))}
