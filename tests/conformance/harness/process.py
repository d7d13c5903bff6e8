"""One running Traefik: started on loopback, its JSON log read, always ended."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from .jsontypes import Json, Object, mapping, text

Record = Object
_END: Record = {"level": "end"}

#: Seconds after which a Traefik that says nothing counts as stuck, on a machine that is busy otherwise.
PATIENCE = 60

#: Where a stray outgoing connection ends up: nobody listens on the discard port.
_NOWHERE = "http://127.0.0.1:9"


class HarnessError(Exception):
    """The harness itself failed; nothing is said about the configuration."""


#: Some configurations make old releases grow without end; they shall die of it, not the machine.
MOST_MEMORY = 6 * 2**30


class Traefik:
    """A Traefik process and what it has logged so far."""

    def __init__(self, binary: Path, arguments: tuple[str, ...], folder: str, api_port: int) -> None:
        self.api_port = api_port
        self.records: list[Record] = []
        self._arrived = threading.Condition()
        self._process = subprocess.Popen(
            [str(binary), *arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        resource.prlimit(self._process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Traefik:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            record = _record(line)
            with self._arrived:
                self.records.append(record)
                self._arrived.notify_all()
        with self._arrived:
            self.records.append(_END)
            self._arrived.notify_all()

    @property
    def ended(self) -> bool:
        """Whether the process has ended and its whole log is read."""
        return bool(self.records) and self.records[-1] is _END

    def wait_for(
        self, wanted: Callable[[Record], bool], since: int = 0, timeout: float = PATIENCE
    ) -> Record | None:
        """Return the first record from `since` on that is wanted; None when the process ends before."""
        deadline = time.monotonic() + timeout
        position = since
        with self._arrived:
            while True:
                while position < len(self.records):
                    record = self.records[position]
                    if record is _END:
                        return None
                    if wanted(record):
                        return record
                    position += 1
                left = deadline - time.monotonic()
                if left <= 0:
                    raise HarnessError(f"Traefik did not log what was waited for: {self.tail()}")
                self._arrived.wait(left)

    def tail(self, count: int = 5) -> str:
        """Return the last messages, for error texts."""
        return " | ".join(
            text(record.get("error")) or text(record.get("message"))
            for record in self.records[-count - 1 :]
            if record is not _END
        )

    def request(self, method: str, path: str, body: Json = None) -> tuple[int, bytes]:
        """Send a request to the API; raises OSError while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.api_port, timeout=10)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def reload(self) -> None:
        """Tell the file provider to read its files again."""
        self._process.send_signal(signal.SIGHUP)

    def close(self) -> None:
        """End the process; it holds nothing worth a graceful stop."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _record(line: bytes) -> Record:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    return mapping(found) or {"level": "raw", "message": line.decode("utf-8", "replace").rstrip()}


def _environment(folder: str) -> Mapping[str, str]:
    """Return the environment without whatever could configure Traefik or lead it off this machine."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("TRAEFIK_", "DOCKER_", "KUBERNETES_", "KUBECONFIG", "XDG_"))
        and not name.upper().endswith("_PROXY")
    }
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    return {**kept, **proxies, "HOME": folder}
