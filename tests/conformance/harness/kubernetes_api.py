"""A fake kube-apiserver: list and watch (streamed initial lists included) of what a cluster holds."""

from __future__ import annotations

import http.server
import itertools
import json
import re
import select
import socket
import socketserver
import threading
import urllib.parse
from typing import NamedTuple

from .cluster import KINDS, Cluster, helper_service
from .jsontypes import Json, Object, mapping
from .ports import free_port

_PATH = re.compile(
    r"^/(?:api/v1|apis/(?P<group>[^/]+)/(?P<version>[^/]+))"
    r"(?:/namespaces/(?P<namespace>[^/]+))?/(?P<plural>[^/]+)(?:/(?P<name>[^/]+))?"
    r"(?P<status>/status)?$"
)
_KIND_OF = {(group, plural): kind for (group, kind), plural in KINDS.items()}
_SELECTOR = re.compile(
    r"^\s*(?:!(?P<absent>[^\s=!]+)|(?P<key>[^\s=!]+)\s*(?:"
    r"(?P<operator>==?|!=)\s*(?P<value>\S*)|(?P<set>in|notin)\s*\((?P<values>[^)]*)\))?)\s*$"
)


class KubernetesApi:
    """An API server for many clusters at once, each below a path of its own."""

    def __init__(self) -> None:
        self.clusters: dict[str, Cluster] = {}
        self.closing = False
        self._numbers = itertools.count(1)
        api = self

        class Handler(_Handler):
            """Answers for this server."""

        Handler.api = api
        self._server = _Server(("127.0.0.1", free_port()), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def serve(self, cluster: Cluster) -> str:
        """Return the endpoint at which a cluster is served from now on."""
        name = f"cluster{next(self._numbers)}"
        self.clusters[name] = cluster
        return f"http://127.0.0.1:{self._server.server_address[1]}/{name}"

    def forget(self, endpoint: str) -> None:
        """Serve a cluster no longer."""
        self.clusters.pop(endpoint.rpartition("/")[2], None)

    def close(self) -> None:
        """End the server and its watches."""
        self.closing = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: a Traefik that ends closes its connections."""


class _Question(NamedTuple):
    cluster: Cluster
    group: str
    plural: str
    namespace: str
    name: str
    query: dict[str, str]

    @property
    def kind(self) -> str:
        return _KIND_OF[self.group, self.plural]

    @property
    def version(self) -> str:
        return {"": "v1", "traefik.io": "traefik.io/v1alpha1"}.get(self.group, f"{self.group}/v1")

    def objects(self) -> list[Object]:
        """Return what is asked for, by namespace and label selector."""
        found = [
            each
            for each in self.cluster.objects.get((self.group, self.plural), [])
            if self.namespace in ("", mapping(each["metadata"]).get("namespace"))
            and _selected(self.query.get("labelSelector", ""), mapping(each["metadata"]).get("labels"))
        ]
        return [*found, helper_service(self.namespace)] if self.plural == "services" else found


def _selected(selector: str, labels: Json) -> bool:
    have = mapping(labels)
    for part in filter(None, re.split(r",(?![^(]*\))", selector)):
        found = _SELECTOR.match(part)
        if not found:
            return False
        value = have.get(found["key"] or "")
        values = [each.strip() for each in (found["values"] or "").split(",")]
        fits = {
            None: found["absent"] not in have if found["absent"] else found["key"] in have,
            "=": value == found["value"],
            "==": value == found["value"],
            "!=": value != found["value"],
            "in": value in values,
            "notin": value not in values,
        }
        if not fits[found["operator"] or found["set"]]:
            return False
    return True


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: KubernetesApi

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def _question(self) -> _Question | None:
        url = urllib.parse.urlsplit(self.path)
        _, name, rest = (url.path + "/").split("/", 2)
        cluster = self.api.clusters.get(name)
        found = _PATH.match("/" + rest.rstrip("/"))
        if cluster is None or found is None or (found["group"] or "", found["plural"]) not in _KIND_OF:
            return None
        query = {key: values[-1] for key, values in urllib.parse.parse_qs(url.query).items()}
        return _Question(
            cluster,
            found["group"] or "",
            found["plural"],
            found["namespace"] or "",
            found["name"] or "",
            query,
        )

    def do_GET(self) -> None:
        """Answer a get, a list or a watch."""
        question = self._question()
        if question is None:
            self._answer(
                _VERSION if self.path.endswith("/version") else _NOT_FOUND,
                200 if self.path.endswith("/version") else 404,
            )
        elif question.query.get("watch") in ("true", "1"):
            self._watch(question)
        elif question.name:
            found = [
                each for each in question.objects() if mapping(each["metadata"])["name"] == question.name
            ]
            self._answer(found[0] if found else _NOT_FOUND, 200 if found else 404)
        else:
            items: list[Json] = list(question.objects())
            self._answer(
                {
                    "kind": question.kind + "List",
                    "apiVersion": question.version,
                    "metadata": {"resourceVersion": "1000"},
                    "items": items,
                }
            )

    def do_PUT(self) -> None:
        """Take a status update without keeping it."""
        self._take()

    def do_PATCH(self) -> None:
        """Take a status update without keeping it."""
        self._take()

    def do_POST(self) -> None:
        """Take an event without keeping it."""
        self._take()

    def _take(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}"))

    def _answer(self, body: Json, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _watch(self, question: _Question) -> None:
        """Stream the initial list if that is asked for, then nothing: a cluster never changes."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if question.query.get("sendInitialEvents") == "true":
            kind: Object = {"kind": question.kind, "apiVersion": question.version}
            for each in question.objects():
                self._send_event("ADDED", {**each, **kind})
            self._send_event(
                "BOOKMARK",
                {
                    **kind,
                    "metadata": {
                        "resourceVersion": "1000",
                        "annotations": {"k8s.io/initial-events-end": "true"},
                    },
                },
            )
        self.wfile.flush()
        while not self.api.closing:
            ready, _, _ = select.select([self.connection], [], [], 1)
            if ready and not self.connection.recv(1, socket.MSG_PEEK):
                break
        self.close_connection = True

    def _send_event(self, kind: str, item: Object) -> None:
        event = json.dumps({"type": kind, "object": item}).encode() + b"\n"
        self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))


_NOT_FOUND: Object = {
    "kind": "Status",
    "apiVersion": "v1",
    "metadata": {},
    "status": "Failure",
    "message": "the server could not find the requested resource",
    "reason": "NotFound",
    "code": 404,
}
_VERSION: Object = {"major": "1", "minor": "31", "gitVersion": "v1.31.0"}
