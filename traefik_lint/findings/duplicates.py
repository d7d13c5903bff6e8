"""TL002: keys written twice in one mapping, which the programs that read the file refuse."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft
from traefik_lint.deployments.kinds import FileKind
from traefik_lint.deployments.store import ParsedFile
from traefik_lint.findings.finding import Related, Severity

#: What becomes of the file (R-232, S-015, C-005); Kubernetes' and Helm's readers may take the last of the two.
_LOSS: dict[FileKind, tuple[str, Severity]] = {
    "static": ("Traefik does not start", "error"),
    "dynamic": ("Traefik drops this file and all others of the file provider", "error"),
    "compose": ("compose refuses the file", "error"),
    "kubernetes": ("the object is refused, or the last one wins", "warning"),
    "helm-values": ("Helm takes the last one", "warning"),
}


def duplicate_keys(file: ParsedFile) -> Iterator[Draft]:
    """Each key that was written before in the same mapping; templates decide later which of the two there is."""
    loss = _LOSS.get(file.kind)
    if loss is None or file.templated:
        return
    text, severity = loss
    for duplicate in file.duplicates:
        message = f"the key {quoted(duplicate.key.value)} is written twice in one mapping: {text}"
        earlier = Related(duplicate.earlier.span, "written here before")
        yield Draft(duplicate.key.span, message, "keep one of them", (earlier,), severity, None)
