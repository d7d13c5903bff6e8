"""TLS options: whether they can be built, and which ones a router's hosts really get (R-140 … R-155)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from traefik_lint.golang.text import print_list, quote
from traefik_lint.model.values import Element
from traefik_lint.options.version import Version
from traefik_lint.runtime.definitions import copied
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.status import add_error
from traefik_lint.runtime.tls_names import CIPHER_SUITES, CLIENT_AUTH_TYPES, is_curve
from traefik_lint.runtime.types import Router, Runtime, Undetermined

DEFAULT = "default"
#: How conflicts are found: per entry point, across all of them, or per entry point with renaming (R-143).
Era = Literal["per-entry-point", "across", "renaming"]


def era_of(version: Version) -> Era:
    """The era of a release: each change came at once to three minors (R-143)."""
    for minor, across, renaming in (((2, 11), 47, 50), ((3, 6), 18, 21), ((3, 7), 2, 5)):
        if version[:2] == minor:
            if version.patch >= renaming:
                return "renaming"
            return "across" if version.patch >= across else "per-entry-point"
    return "renaming" if version > (3, 7, 0) else "per-entry-point"


def configured_options(router: Router) -> str:
    """The qualified name of the options that a router with TLS asks for (R-141, R-068)."""
    tls = router.config.get("tls")
    name = tls.get("options") if isinstance(tls, dict) else None
    if not isinstance(name, str) or not name or name == DEFAULT:
        return DEFAULT
    return qualify(name, provider_of(router.name))


class TlsManager:
    """Tells for each name whether TLS options exist and can be built; each is looked at once."""

    __slots__ = ("_has_file", "_refusals", "_runtime")

    def __init__(self, runtime: Runtime, *, has_file: Callable[[str], bool] = bool) -> None:
        self._runtime = runtime
        self._has_file = has_file
        self._refusals: dict[str, str | None] = {}

    def refusal(self, name: str) -> str | None:
        """Traefik's text when routers can't use the options of this name (R-142), else None."""
        if name not in self._refusals:
            self._refusals[name] = self._refusal(name)
        return self._refusals[name]

    def _refusal(self, name: str) -> str | None:
        options = self._runtime.tls_options.get(name)
        if options is None:
            return f"unknown TLS options: {name}"
        if options.element is None:
            return None
        reason = options_error(options.element, self._runtime.version, has_file=self._has_file)
        if reason is None:
            return None
        options.errors.append(f"building TLS config: {reason}")
        return options.errors[-1]


def options_error(element: Element, version: Version, *, has_file: Callable[[str], bool] = bool) -> str | None:
    """Why a TLS configuration can't be built from options (R-152, R-153); None when it can.

    CA files are not opened: those that ``has_file`` finds are sound.
    """
    auth_files = element.values("clientAuth", "caFiles")
    for value in auth_files:
        if value.known and not _may_be_certificate(value.text, has_file):
            return "invalid certificate(s) content"
    auth_type = element.value("clientAuth", "clientAuthType")
    if auth_type is not None and auth_type.text and auth_type.known:
        if not auth_files and auth_type.text in ("VerifyClientCertIfGiven", "RequireAndVerifyClientCert"):
            return f"invalid clientAuthType: {auth_type.text}, CAFiles is required"
        if auth_type.text not in CLIENT_AUTH_TYPES:
            return f"unknown client auth type {quote(auth_type.text)}"
    for value in element.values("cipherSuites"):
        if value.known and value.text not in CIPHER_SUITES:
            return f"invalid CipherSuite: {value.text}"
    for value in element.values("curvePreferences"):
        if value.known and not is_curve(value.text, version):
            return f"invalid CurveID in curvePreferences: {value.text}"
    return None


def _may_be_certificate(text: str, has_file: Callable[[str], bool]) -> bool:
    """The certificate itself, or a path to a file that we don't see."""
    return "-----BEGIN" in text or ("\n" not in text.strip() and has_file(text))


def resolve_options(runtime: Runtime) -> None:
    """Find which TLS options each http router with TLS gets, and rename those in conflict (R-143)."""
    era = era_of(runtime.version)
    for router in runtime.routers.values():
        if router.tls:
            router.tls_options = configured_options(router)
    if era == "renaming":
        _share_lent(runtime)
        _rename_conflicting(runtime)
    elif era == "across":
        _resolve_across(runtime)
        _share_lent(runtime)


def mark_conflicts(runtime: Runtime) -> None:
    """Note errors about TLS options on routers that were built (R-143, R-144); the last step for http."""
    era = era_of(runtime.version)
    for router in runtime.routers.values():
        if not router.tls or not router.using:
            continue
        rule = router.rule
        if rule is not None and rule.domain_error is not None:
            add_error(router, rule.domain_error, critical=True)
            continue
        if era != "per-entry-point":
            _mark_mismatch(runtime, router)
    if era == "per-entry-point":
        _mark_old_conflicts(runtime)


def _mark_mismatch(runtime: Runtime, router: Router) -> None:
    version = runtime.version
    rule = router.rule
    wanted = configured_options(router)
    hostless = rule is not None and not rule.domains
    names_domain = (
        version >= (3, 7, 4) or (3, 6, 20) <= version < (3, 7, 0) or (2, 11, 49) <= version < (3, 0, 0)
    )
    if names_domain and hostless:
        if wanted != DEFAULT:
            text = rule.text if rule is not None else ""
            error = f"no domain found in rule {text}, the TLS option {wanted} cannot be applied"
            add_error(router, error, critical=False)
        return
    if router.tls_options == wanted:
        return
    if era_of(version) == "renaming":
        add_error(
            router,
            "router's TLSOptions configuration is conflicting with other routers on the same entrypoint and host,"
            " default TLS options will be used instead",
            critical=False,
        )
    else:
        add_error(
            router,
            "found different TLS options for routers on the same host, so using the default TLS options instead",
            critical=False,
        )


def _share_lent(runtime: Runtime) -> None:
    """Routers with the TLS of their entry point share it, and so the options that were found last for any of them.

    The name of an entry point's options is looked up in each router's own provider (R-141); with routers of several
    providers it is left to chance which of them all get.
    """
    groups: dict[str, list[Router]] = {}
    for router in runtime.routers.values():
        if router.tls and router.tls_from_entry_point and router.entry_points:
            groups.setdefault(router.entry_points[0], []).append(router)
    for point, group in groups.items():
        deciding = [router for router in group if router.rule is not None and router.rule.domains]
        if era_of(runtime.version) == "renaming" or not deciding:
            deciding = group
        counts: dict[str, int] = {}
        for router in deciding:
            counts[router.tls_options] = counts.get(router.tls_options, 0) + 1
        likeliest = max(counts, key=lambda name: (counts[name], name))
        for router in group:
            router.tls_options = likeliest
        if len(counts) > 1:
            runtime.undetermined.append(_any_options(runtime, point))


def _any_options(runtime: Runtime, point: str) -> Undetermined:
    """All that may have another name, or other users, with other options on an entry point."""
    names: set[str] = set()
    for router in _with_tls(runtime):
        if point in router.entry_points:
            provider = provider_of(router.name)
            middlewares = router.config.get("middlewares")
            used = [*middlewares] if isinstance(middlewares, list) else []
            names.update((router.name, f"{point}-conflicted-{router.name}"))
            names.update(qualify(str(name), provider) for name in (*used, router.config.get("service", "")))
    return Undetermined("tls-options", tuple(sorted(names)), "R-141")


def _by_host(
    routers: list[Router], options_of: Callable[[Router], str] = configured_options
) -> dict[str, dict[str, list[Router]]]:
    """Routers by host name, then by their options; in order of name."""
    hosts: dict[str, dict[str, list[Router]]] = {}
    for router in routers:
        rule = router.rule
        if rule is None or rule.domain_error is not None:
            continue
        if rule.domains:
            options = options_of(router)
            for domain in rule.domains:
                hosts.setdefault(domain, {}).setdefault(options, []).append(router)
    return hosts


def _with_tls(runtime: Runtime) -> list[Router]:
    return [router for _, router in sorted(runtime.routers.items()) if router.tls]


def _by_entry_point(routers: list[Router]) -> dict[str, list[Router]]:
    points: dict[str, list[Router]] = {}
    for router in routers:
        for point in dict.fromkeys(router.entry_points):
            points.setdefault(point, []).append(router)
    return points


def _rename_conflicting(runtime: Runtime) -> None:
    """Move routers in conflict to the default options, each under a name of its own per entry point."""
    conflicting: dict[str, set[str]] = {}
    tls_routers = _with_tls(runtime)
    for point, routers in _by_entry_point(tls_routers).items():
        moved = conflicting[point] = set()
        for router in routers:
            rule = router.rule
            sound = rule is not None and rule.domain_error is None
            if sound and rule is not None and not rule.domains and router.tls_options != DEFAULT:
                moved.add(router.name)
        for host, options in _by_host(routers, lambda router: router.tls_options).items():
            if len(options) > 1:
                names = [router.name for group in options.values() for router in group]
                moved.update(names)
                runtime.logs.append((_conflict_log(point, host, names), options[min(options)][0].span))
    if not any(conflicting.values()) and all(router.entry_points for router in tls_routers):
        return
    routers_now: dict[str, Router] = {}
    for name, router in runtime.routers.items():
        kept = [point for point in router.entry_points if name not in conflicting.get(point, ())]
        for point in router.entry_points:
            if name in conflicting.get(point, ()) and router.tls:
                renamed = copied(router, f"{point}-conflicted-{name}")
                renamed.tls_options = DEFAULT
                renamed.entry_points = [point]
                renamed.config["entryPoints"] = [point]
                routers_now[renamed.name] = renamed
        if len(kept) != len(router.entry_points):
            rest = copied(router, name)
            rest.entry_points = kept
            rest.config["entryPoints"] = kept
        else:
            rest = router
        if kept or not router.tls:
            routers_now[name] = rest
    runtime.routers = routers_now


def _conflict_log(point: str, host: str, names: list[str]) -> str:
    return (
        f"On EntryPoint {quote(point)}, Host {quote(host)} is served by multiple routers with different TLS options,"
        f" default TLSOptions will be applied for the following routers: {print_list(names)}"
    )


def _resolve_across(runtime: Runtime) -> None:
    """Conflicts between all routers, whatever their entry points; hosts are visited in order of name here."""
    routers = _with_tls(runtime)
    for router in routers:
        if router.rule is not None and not router.rule.domains and router.rule.domain_error is None:
            router.tls_options = DEFAULT
    for host, options in _by_host(routers).items():
        if len(options) == 1:
            ((name, group),) = options.items()
            for router in group:
                router.tls_options = name
            continue
        names = [router.name for group in options.values() for router in group]
        for group in options.values():
            for router in group:
                router.tls_options = DEFAULT
        runtime.logs.append((_old_conflict_log(host, names), None))


def _old_conflict_log(host: str, names: list[str]) -> str:
    listed = ", ".join(quote(name) for name in names)
    return (
        f"Found different TLS options for routers on the same host {host}, so using the default TLS options"
        f" instead for these routers: []string{{{listed}}}"
    )


def _mark_old_conflicts(runtime: Runtime) -> None:
    """Conflicts on one entry point; Traefik marks one router per options name (any of them, R-143)."""
    usable = [router for router in _with_tls(runtime) if router.using]
    points: dict[str, list[Router]] = {}
    for router in usable:
        for point in router.using:
            points.setdefault(point, []).append(router)
    for routers in points.values():
        for host, options in _by_host(routers).items():
            if len(options) == 1:
                continue
            marked = [group[-1] for group in options.values()]
            for group in options.values():
                for router in group:
                    router.tls_options = DEFAULT
                if len(group) > 1:
                    runtime.undetermined.append(_any_of(group))
            error = (
                f"found different TLS options for routers on the same host {host},"
                " so using the default TLS options instead"
            )
            for router in marked:
                add_error(router, error, critical=False)
            runtime.logs.append((_old_conflict_log(host, [router.name for router in marked]), marked[0].span))


def _any_of(group: list[Router]) -> Undetermined:
    return Undetermined("tls-warning", tuple(router.name for router in group), "R-143")
