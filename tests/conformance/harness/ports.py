"""Free ports on the loopback interface."""

from __future__ import annotations

import itertools
import os
import socket
import threading
from collections.abc import Iterator

_lock = threading.Lock()


def _candidates() -> Iterator[int]:
    """Yield the ports to try: those of `CONFORMANCE_PORTS` (`LOW-HIGH`), else whatever the system gives."""
    low, _, high = os.environ.get("CONFORMANCE_PORTS", "").partition("-")
    return itertools.cycle(range(int(low), int(high) + 1)) if high else itertools.repeat(0)


_ports = _candidates()


def free_port(udp: bool = False) -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with _lock:
        for candidate in itertools.islice(_ports, 2000):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else socket.SOCK_STREAM) as probe:
                try:
                    probe.bind(("127.0.0.1", candidate))
                except OSError:
                    continue
                return int(probe.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")
