"""Random static configurations; few for many cases, since each costs a start."""

from __future__ import annotations

from tests.conformance.harness.jsontypes import Json, Object

from .dice import Dice

_POINT_HTTP: tuple[Object, ...] = (
    {"tls": {}},
    {"tls": {"certResolver": "le"}},
    {"tls": {"options": "strict@file"}},
    {"middlewares": ["one@file"]},
    {"middlewares": ["one"]},
    {"redirections": {"entryPoint": {"to": "websecure"}}},
    {"redirections": {"entryPoint": {"to": ":8443", "permanent": False, "priority": 10}}},
    {"redirections": {"entryPoint": {"to": "nope"}}},
    {"encodedCharacters": {"allowEncodedSlash": False}},
    {"middlewares": ["gone@docker"], "tls": {}},
)

_PROVIDERS: dict[str, dict[str, tuple[Json, ...]]] = {
    "docker": {
        "exposedByDefault": (False,),
        "defaultRule": ("Host(`{{ normalize .Name }}.test`)", "Path(`/{{ .ContainerName }}`)", ""),
        "constraints": ("!Label(`traefik.enable`,`false`)", "Label(`x`"),
        "network": ("shop_front",),
        "useBindPortIP": (True,),
    },
    "swarm": {"exposedByDefault": (False,), "defaultRule": ("Host(`{{ .Name }}.test`)",)},
    "kubernetesCRD": {
        "allowCrossNamespace": (True,),
        "allowEmptyServices": (True,),
        "allowExternalNameServices": (True,),
        "ingressClass": ("shop",),
        "namespaces": (["default"],),
        "nativeLBByDefault": (True,),
    },
    "kubernetesIngress": {
        "allowEmptyServices": (True,),
        "allowExternalNameServices": (True,),
        "ingressClass": ("shop",),
        "strictPrefixMatching": (True,),
        "namespaces": (["default"],),
    },
}


def static(dice: Dice, *providers: str, directory: bool = True) -> Object:
    """Return a static configuration with these providers; `file` reads a directory or one file."""
    points: Object = {"web": {"address": ":80"}, "websecure": {"address": ":443"}}
    for name, address in (("admin", ":9000"), ("dns", ":53/udp"), ("Web", ":8000")):
        if dice.chance(0.3):
            points[name] = {"address": address}
    for point in points.values():
        assert isinstance(point, dict)
        if dice.chance(0.25):
            point["http"] = dict(dice.pick(_POINT_HTTP))
        if dice.chance(0.08):
            point["asDefault"] = True
        if dice.chance(0.08):
            point["observability"] = {"accessLogs": False}
    sections: Object = {}
    for provider in providers:
        if provider == "file":
            sections["file"] = (
                {"directory": "/etc/traefik/dynamic"}
                if directory
                else {"filename": "/etc/traefik/dynamic/shop.yml"}
            )
        else:
            sections[provider] = {
                key: dice.pick(values) for key, values in _PROVIDERS[provider].items() if dice.chance(0.15)
            }
    root: Object = {
        "entryPoints": points,
        "providers": sections,
        "api": {"insecure": True} if dice.chance(0.1) else {},
    }
    if dice.chance(0.15):
        root["certificatesResolvers"] = {
            "le": {
                "acme": {"email": "a@b.test", "storage": "acme.json", "httpChallenge": {"entryPoint": "web"}}
            }
        }
    if dice.chance(0.05):
        root["core"] = {"defaultRuleSyntax": "v2"}
    if dice.chance(0.1):
        root["ping"] = {}
    return root
