"""What settings of well-known programs say about the path they serve from.

A small table, of programs whose documentation is plain about it. *Below* means that the program answers below its
base path only, so nothing may strip it; *root* means that it knows the path for its links and answers at `/`, so
something must strip it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from traefik_lint.checks.middlewares.evidence import Backend, arguments, environment, images
from traefik_lint.source.tree import Scalar

#: Of any image.
ANY = ""


class Base(NamedTuple):
    """A base path that a program was told, and whether it answers below it or at the root; ``place`` told so."""

    path: str
    at_root: bool
    place: Scalar
    setting: str


class _Setting(NamedTuple):
    """``image`` is a part of the image's name, ``variable`` an environment variable or ``--flag`` with the path."""

    image: str
    variable: str
    at_root: Callable[[dict[str, str]], bool]


def _never(_settings: dict[str, str]) -> bool:
    return False


def _always(_settings: dict[str, str]) -> bool:
    return True


def _grafana(settings: dict[str, str]) -> bool:
    return settings.get("GF_SERVER_SERVE_FROM_SUB_PATH", "").lower() not in ("true", "1", "yes", "on")


def _kibana(settings: dict[str, str]) -> bool:
    return settings.get("SERVER_REWRITEBASEPATH", "").lower() != "true"


def _route_prefix(settings: dict[str, str]) -> bool:
    prefix = settings.get("--web.route-prefix")
    return prefix is not None and prefix.strip("/") == ""


def _gitea(settings: dict[str, str]) -> bool:
    return settings.get("GITEA__server__USE_SUB_URL_PATH", "").lower() not in ("true", "1")


_SETTINGS = (
    _Setting("grafana/grafana", "GF_SERVER_ROOT_URL", _grafana),
    _Setting("prometheus", "--web.external-url", _route_prefix),
    _Setting("alertmanager", "--web.external-url", _route_prefix),
    _Setting("kibana", "SERVER_BASEPATH", _kibana),
    _Setting("gitea", "GITEA__server__ROOT_URL", _gitea),
    _Setting("nextcloud", "OVERWRITEWEBROOT", _always),
    _Setting("keycloak", "KC_HTTP_RELATIVE_PATH", _never),
    _Setting("keycloak", "--http-relative-path", _never),
    _Setting("nexus3", "NEXUS_CONTEXT", _never),
    _Setting("sonarqube", "SONAR_WEB_CONTEXT", _never),
    _Setting("jenkins", "--prefix", _never),
    _Setting("filebrowser", "FB_BASEURL", _never),
    _Setting("pgadmin", "SCRIPT_NAME", _never),
    _Setting("vaultwarden", "DOMAIN", _never),
    _Setting("airflow", "AIRFLOW__WEBSERVER__BASE_URL", _never),
    _Setting("argocd", "--rootpath", _never),
    _Setting(ANY, "SERVER_SERVLET_CONTEXT_PATH", _never),
    _Setting(ANY, "SPRING_WEBFLUX_BASE_PATH", _never),
)
_ORIGIN = re.compile(r"(?:%\(\w+\)s|\w+)://[^/]+(?=/|$)")


def base_of(backend: Backend) -> Base | None:
    """The base path that the program behind a service was told, None when the files don't tell of one."""
    told = _told(backend)
    settings = [setting for setting in _SETTINGS if setting.variable in told]
    names = images(backend) if settings else []
    plain = {name: scalar.value for name, scalar in told.items()}
    for setting in settings:
        scalar = told[setting.variable]
        if not any(setting.image in name for name in names or [ANY]):
            continue
        value = scalar.value.partition("=")[2] if setting.variable.startswith("--") else scalar.value
        path = "/" + _ORIGIN.sub("", value.strip().strip("\"'")).strip("/")
        at_root = setting.at_root({name: _value(name, text) for name, text in plain.items()})
        if path != "/" and not re.search(r"[$%{:\s]", path):
            return Base(path, at_root, scalar, setting.variable)
    return None


def _value(name: str, text: str) -> str:
    return text.partition("=")[2] if name.startswith("--") else text


def _told(backend: Backend) -> dict[str, Scalar]:
    told = dict(environment(backend))
    for argument in arguments(backend):
        if argument.value.startswith("--") and "=" in argument.value and not argument.unknown:
            told[argument.value.partition("=")[0]] = argument
    jenkins = told.get("JENKINS_OPTS")
    prefix = re.search(r"--prefix=\S+", jenkins.value) if jenkins is not None else None
    if jenkins is not None and prefix is not None:
        begin, end = prefix.span()
        span = jenkins.sub(begin, end)
        told["--prefix"] = Scalar(span.file, span.start, span.end, prefix[0])
    return told


class RootOnly(NamedTuple):
    """A program that answers at the root whatever it is told; ``own`` are first parts of its own paths."""

    name: str
    own: frozenset[str]


#: Part of the image's name: the setting that gives it a base path ("" for none), and its own paths.
_AT_ROOT = (
    ("joxit/docker-registry-ui", "", ("v2", "css", "js", "fonts", "images", "index.html")),
    ("phpmyadmin", "", ("index.php", "js", "themes")),
    ("portainer/portainer", "--base-url", ("api", "main.js")),
    ("louislam/uptime-kuma", "", ("api", "dashboard", "status", "socket.io", "assets", "upload", "metrics")),
    ("codercom/code-server", "", ("proxy", "absproxy", "static", "login", "healthz")),
)


def root_only(backend: Backend) -> RootOnly | None:
    """The well-known program behind a service that serves from no other path than the root, as it is set up here."""
    told = _told(backend)
    for name in images(backend):
        for part, setting, own in _AT_ROOT:
            if part in name and (not setting or not any(word.startswith(setting) for word in told)):
                return RootOnly(part, frozenset(own))
    return None
