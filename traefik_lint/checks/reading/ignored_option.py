"""TL014: an option that this notation reads and then drops without a word (R-001, R-023)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import labelled, problems
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.decoding import decode_labels
from traefik_lint.runtime.types import Runtime

_WORDS = {"label": "labels", "flag": "flags", "env": "variables", "yaml": "files", "toml": "files"}


@check("TL014", "option-ignored-here", severity="warning")
def option_ignored_here(runtime: Runtime) -> Iterator[Draft]:
    for problem, reading in problems(runtime, "ignored-option"):
        where = _WORDS.get(reading.notation, "objects")
        message = f"Traefik has no {quoted(problem.name)} in {where}: it ignores the option in silence"
        yield finding(problem.span, message, hint=_hint(problem.name.lower(), reading.notation))
    for _, labels in labelled(runtime):
        for label in decode_labels(labels, runtime.deployment).unread:
            root, _, rest = label.key.value.partition(".")
            below = rest.lower().split(".")
            name = below[1].partition("[")[0] if len(below) > 1 else ""
            if root == "traefik" and below[0] == "tls" and name in _TLS:
                begin = len("traefik.tls.")
                message = f"Traefik has no tls.{name} in labels: it ignores the option in silence"
                span = label.key.sub(begin, begin + len(name))
                yield finding(span, message, hint=_hint(name, "label"))


_TLS = frozenset(("options", "certificates", "stores"))


def _hint(name: str, notation: str) -> str:
    if notation in ("yaml", "toml") and name in ("port", "scheme"):
        return "write both into the server's url: http://10.0.0.5:8080"
    if notation in ("yaml", "toml"):
        return "take it out: it is only for providers' internal use"
    if name in ("weighted", "mirroring", "failover", "highestrandomweight"):
        return "define the service in a file of the file provider, with servers such as name@docker"
    if name in ("options", "certificates", "stores"):
        return "define it in a file of the file provider"
    return "define it in a file of the file provider and refer to it with @file"
