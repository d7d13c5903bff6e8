"""The table of named cases: at least one per fact that can be seen in rawdata, its id being the fact's number."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.harness.case import Case

from . import (
    crd,
    docker,
    entry_points,
    file_provider,
    ingress,
    labels,
    merging,
    middlewares,
    rules,
    rules_v2,
    services,
    static,
    swarm,
    tcp_udp,
    tls,
)

MODULES = (
    labels,
    docker,
    swarm,
    merging,
    entry_points,
    rules,
    rules_v2,
    tcp_udp,
    tls,
    middlewares,
    services,
    file_provider,
    static,
    crd,
    ingress,
)


def all_cases() -> Iterator[Case]:
    """Yield every case of the table; ids are unique."""
    for module in MODULES:
        yield from module.CASES
