"""TL416: a password that never matches.

Traefik takes any text for a hash and compares (R-173): a password in plain text, a hash that compose has cut at its
dollar signs, or one of a kind it does not know never authenticates anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.runtime.types import Runtime

_HASH = re.compile(
    r"\$apr1\$[^$]{1,8}\$[./0-9A-Za-z]{22}|\$2[abxy]?\$\d\d\$[./0-9A-Za-z]{53}|\{SHA\}[A-Za-z0-9+/]{27}="
    r"|\$1\$[^$]{1,8}\$[./0-9A-Za-z]{22}"
)
_KNOWN_BEGIN = re.compile(r"\$apr1\$|\$2[abxy]?\$|\{SHA\}|\$1\$|\$\$")
#: Texts that stand for a hash.
_PLACEHOLDER = re.compile(
    r"[<>{}]|\.\.\.|…|x{4,}|example|change|your|password|hash|secret|redacted|(.)\1{7}|\*{3}", re.IGNORECASE
)
#: Texts that are passwords, though they may stand for one as well.
_PLAIN = re.compile(
    r"(?:my|super|top)?[-_]?(?:secret|password|passwd|passw0rd|p@ssw0rd)\d{0,4}!?|change_?-?me!?",
    re.IGNORECASE,
)
_OTHER = {
    "$5$": "SHA-256 crypt", "$6$": "SHA-512 crypt", "$argon2": "Argon2", "$y$": "yescrypt", "{SSHA}": "salted SHA",
}  # fmt: skip


@check("TL416", "password-without-hash", severity="error")
def password_without_hash(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        if middleware.type != "basicAuth" or middleware.options is None:
            continue
        if isinstance(middleware.origin, KubernetesObject):
            continue  # the users come out of a Secret
        for user in middleware.options.values("users"):
            if user.known and user.text.count(":") == 1 and "$$" not in user.text:
                yield from _finding(user)


def _finding(user: Value) -> Iterator[Draft]:
    name, _, password = user.text.partition(":")
    if not password or _HASH.fullmatch(password):
        return
    begin = len(name) + 1
    span = user.sub(begin, len(user.text))
    other = next((kind for start, kind in _OTHER.items() if password.startswith(start)), None)
    if other is not None:
        what = f"Traefik does not know {other} hashes"
    elif _KNOWN_BEGIN.match(password):
        what = "this is no whole hash"
        if _PLACEHOLDER.search(password):
            return
    elif _PLAIN.fullmatch(password):
        what = "this is no hash"
    elif "$" in password or password.startswith("/") or _PLACEHOLDER.search(password):
        return  # what is left of a hash whose dollar signs compose took, or a text that stands for one
    else:
        what = "this is no hash"
    yield finding(
        span,
        f"{what}: nobody can log in as {quoted(name)}",
        hint="write what `htpasswd -nB USER` prints (every $ doubled in compose files)",
    )
