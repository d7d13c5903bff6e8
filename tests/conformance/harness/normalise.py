"""Brings Traefik's /api/rawdata to the form that `traefik-lint routes --format json` promises.

- What the harness added for itself is taken out.
- An address that only a running system knows is written as its service's name (containers, tasks, endpoints).
- A local port is written as the user's.
- Lists without a meaningful order are sorted; every server is up, since nothing listens behind the harness.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from .jsontypes import Json, Object, mapping, sequence, text

SECTIONS = (
    "routers",
    "middlewares",
    "services",
    "tcpRouters",
    "tcpMiddlewares",
    "tcpServices",
    "udpRouters",
    "udpServices",
)

#: Name of whatever the harness defines, in any provider.
HELPER = "conformance-helper"
_HELPERS = (f"{HELPER}@", "rest@internal")
_API_SERVICES = ("api@internal", "dashboard@internal")
_UNORDERED = ("using", "usedBy", "error")


def normalise(raw: Object, addresses: Mapping[str, str], ports: Mapping[str, str], has_api: bool) -> Object:
    """Return rawdata as it would be on the user's machine.

    `addresses` maps given-out addresses to service names, `ports` local ports to the user's; without
    `has_api` the user has no API, so its services are not there either.
    """
    named = mapping(_with_names(raw, addresses))
    result: Object = {}
    for section in SECTIONS:
        elements: Object = {}
        for name, element in mapping(named.get(section)).items():
            if name.startswith(_HELPERS) or (not has_api and name in _API_SERVICES):
                continue
            elements[name] = _element(mapping(element), ports if name.endswith("@internal") else {})
        result[section] = elements
    return result


def tidy(rawdata: Object) -> Object:
    """Return rawdata with its unordered lists in order and all sections there, as both sides are compared."""
    return {
        section: {
            name: _element(mapping(element), {})
            for name, element in sorted(mapping(rawdata.get(section)).items())
        }
        for section in SECTIONS
    }


def _element(element: Object, ports: Mapping[str, str]) -> Object:
    done = dict(element)
    for key in _UNORDERED:
        if key in done:
            items = {
                json.dumps(item): item for item in sequence(done[key]) if not text(item).startswith(_HELPERS)
            }
            done[key] = [items[name] for name in sorted(items)]
    if not done.get("usedBy", True):
        del done["usedBy"]
    balancer = mapping(done.get("loadBalancer"))
    if "servers" in balancer:
        servers = sorted(sequence(balancer["servers"]), key=lambda server: json.dumps(server, sort_keys=True))
        done["loadBalancer"] = {**balancer, "servers": servers}
    if "serverStatus" in done:
        done["serverStatus"] = dict.fromkeys(mapping(done["serverStatus"]), "UP")
    redirect = mapping(done.get("redirectScheme"))
    if text(redirect.get("port")) in ports:
        done["redirectScheme"] = {**redirect, "port": ports[text(redirect["port"])]}
    return done


def _with_names(value: Json, addresses: Mapping[str, str]) -> Json:
    """Write each known address inside any text, keys included, as the name it belongs to."""
    if not addresses:
        return value
    pattern = re.compile(r"(?<![\d.])(?:" + "|".join(map(re.escape, addresses)) + r")(?![\d.])")
    renamed: Json = json.loads(pattern.sub(lambda found: addresses[found[0]], json.dumps(value)))
    return renamed
