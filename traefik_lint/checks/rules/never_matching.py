"""TL102, TL103: matchers that Traefik accepts and that no request can satisfy.

A Host with a port, a scheme, a path or a blank (R-112), a HostRegexp with capital letters or with the braces of
version 2 (R-114), a path with encoded characters, query or wildcard (R-115, R-117), a Query in the form of version 2
(R-122), a Header called Host (R-121): the router is enabled and answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.rules.places import is_ingress, part_of
from traefik_lint.model.values import Value
from traefik_lint.runtime.expression.ast import Argument, Matcher
from traefik_lint.runtime.types import Runtime

_CAPITAL = re.compile(r"(?<!\\)[A-Z](?![^\[]*\])")
_CLASS = re.compile(r"\\[A-Za-z]|\(\?[a-zA-Z:<>!=P]+|\[[^\]]*\]|\\x\{?[0-9A-Fa-f]+\}?|\{[^}]*\}")
_ENCODED = re.compile(r"%(?:[46-7][0-9A-Za-z]|5[0-9A]|3[0-9]|20|2[dDeE]|5[fF]|[cCdDeE][0-9A-Fa-f])")
#: What is no letter of a path that anybody would ask for: alternatives, repetitions, anchors.
_PATTERN = re.compile(r"\([^()]*\|[^()]*\)|\.[*+]|\[[^\]]+\][*+]|^\^|\(\?:|\\[dw.]|\)\?")


class Flaw(NamedTuple):
    """Why an argument can't match, the part of it to point at, and what to write."""

    reason: str
    hint: str
    part: tuple[int, int] | None = None


@check("TL102", "host-that-never-matches", severity="warning")
def host_that_never_matches(runtime: Runtime) -> Iterator[Draft]:
    yield from _flawed(runtime, frozenset({"Host", "HostHeader", "HostRegexp", "HostSNI"}))


@check("TL103", "matcher-that-never-matches", severity="warning")
def matcher_that_never_matches(runtime: Runtime) -> Iterator[Draft]:
    yield from _flawed(runtime, frozenset({"Path", "PathPrefix", "Query", "Header", "Method"}))


def _flawed(runtime: Runtime, matchers: frozenset[str]) -> Iterator[Draft]:
    for router in runtime.all_definitions():
        value, rule = router.rule_value, router.rule
        if value is None or not value.known or rule is None or rule.error is not None:
            continue
        for matcher in rule.matchers:
            if matcher.canonical not in matchers or matcher.negated:
                continue
            for argument in matcher.args:
                # The patterns in paths of an Ingress have a rule of their own.
                flaw = _flaw(runtime, matcher, argument, rule.dialect.language)
                if flaw is not None and not (is_ingress(router) and _is_pattern(argument.value)):
                    yield _draft(value, matcher, argument, flaw)


def _is_pattern(text: str) -> bool:
    return "*" in text or _PATTERN.search(text) is not None


def _draft(value: Value, matcher: Matcher, argument: Argument, flaw: Flaw) -> Draft:
    begin, end = argument.inner
    if flaw.part is not None and end - begin == len(argument.value):
        begin, end = begin + flaw.part[0], begin + flaw.part[1]
    return finding(
        part_of(value, begin, end),
        f"{matcher.name}(`{argument.value}`) never matches: {flaw.reason}",
        hint=flaw.hint,
    )


def _flaw(runtime: Runtime, matcher: Matcher, argument: Argument, language: str) -> Flaw | None:
    text = argument.value
    match matcher.canonical:
        case "Host" | "HostHeader":
            return _host_flaw(text) or _wildcard_flaw(runtime, text)
        case "HostSNI":
            return _host_flaw(text)
        case "HostRegexp" if language == "v3":
            return _host_pattern_flaw(text)
        case "Path" | "PathPrefix" if language == "v3":
            return _path_flaw(text)
        case "Query" if language == "v3" and len(matcher.args) == 1 and "=" in text:
            key, _, wanted = text.partition("=")
            return Flaw(f"it looks for a key called {quoted(text)}", f"write Query(`{key}`, `{wanted}`)")
        case "Header" if text.lower() == "host" and argument is matcher.args[0]:
            return Flaw("Go keeps the Host header apart", "use Host(`…`)")
        case _:
            return None


def _host_flaw(text: str) -> Flaw | None:
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text)
    if scheme:
        rest = re.split(r"[/:]", text[scheme.end() :])[0]
        return Flaw("the host of a request has no scheme", f"write `{rest}`", scheme.span())
    if "/" in text:
        at = text.index("/")
        host, path = text[:at], text[at:]
        hint = f"write Host(`{host}`) && PathPrefix(`{path}`)" if path != "/" else f"write `{host}`"
        return Flaw("the host of a request has no path", hint, (at, len(text)))
    blank = re.search(r"\s", text)
    if blank:
        return Flaw("the host of a request has no blank", f"write `{''.join(text.split())}`", blank.span())
    port = re.search(r":\d+$", text)
    if port and text.count(":") == 1:
        return Flaw(
            "the port is taken off before hosts are compared", f"write `{text[: port.start()]}`", port.span()
        )
    if text.startswith("[") and text.endswith("]"):
        return Flaw("IPv6 addresses are compared without brackets", f"write `{text[1:-1]}`")
    if "," in text:
        names = " || ".join(f"Host(`{name.strip()}`)" for name in text.split(","))
        return Flaw("it is one name with a comma in it", f"write {names}")
    return None


def _wildcard_flaw(runtime: Runtime, text: str) -> Flaw | None:
    """`*.a.test` is a wildcard since 3.7.0, `*` alone since 3.7.7; anywhere else it is a letter (R-113)."""
    if "*" not in text:
        return None
    if text == "*":
        known = runtime.version >= (3, 7, 7)
    else:
        known = runtime.version >= (3, 7, 0) and text.startswith("*.") and text.count("*") == 1
    if known:
        return None
    pattern = re.escape(text.removeprefix("*.")) if text.startswith("*.") else ""
    hint = f"write HostRegexp(`^[^.]+\\.{pattern}$`)" if pattern else "use HostRegexp"
    return Flaw(f"`*` is a letter like any other in Traefik {runtime.version.minor_text}", hint)


def _host_pattern_flaw(text: str) -> Flaw | None:
    braces = re.search(r"\{[A-Za-z_][\w-]*:?[^},]*\}", text)
    if braces:
        return None  # the language of version 2, which has a rule of its own
    bare = _CLASS.sub(lambda found: " " * len(found[0]), text)
    capital = _CAPITAL.search(bare)
    if capital and "(?i" not in text and "|" not in text:
        return Flaw("hosts are compared in lower case", f"write `{text.lower()}`", capital.span())
    return None


def _path_flaw(text: str) -> Flaw | None:
    encoded = _ENCODED.search(text)
    if encoded:
        return Flaw("paths are compared decoded", "write the character itself", encoded.span())
    if "?" in text:
        at = text.index("?")
        return Flaw("the query is no part of the path", "use Query(`key`, `value`)", (at, len(text)))
    star = re.search(r"/\*+$", text)
    if star:
        prefix = text[: star.start()] or "/"
        return Flaw("`*` is a letter like any other in a path", f"write PathPrefix(`{prefix}`)", star.span())
    pattern = _PATTERN.search(text)
    if pattern:
        body = text if text.startswith("^") else f"^{text}"
        return Flaw("it compares letters and knows no patterns", f"write PathRegexp(`{body}`)", pattern.span())
    return None
