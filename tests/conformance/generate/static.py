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
    {"tls": {"certResolver": "gone"}},
    {"tls": {"options": "gone", "domains": [{"main": "a.shop", "sans": ["b.shop"]}]}},
    {"middlewares": ["one@file", "two@docker"], "tls": {"options": "default"}},
    {"redirections": {"entryPoint": {"to": "websecure", "scheme": "http", "permanent": True, "priority": 0}}},
    {"redirections": {"entryPoint": {"to": ":0"}}},
    {"redirections": {"entryPoint": {"to": "web"}}},
    {"redirections": {"entryPoint": {"to": "dns"}}},
    {
        "redirections": {"entryPoint": {"to": "websecure"}},
        "tls": {"certResolver": "le"},
        "middlewares": ["one@file"],
    },
    {"sanitizePath": False, "encodeQuerySemicolons": True, "maxHeaderBytes": 100},
)
#: Of ping and of Prometheus' metrics.
_SWITCHES: tuple[Object, ...] = ({}, {"entryPoint": "web"}, {"manualRouting": True}, {"entryPoint": "admin"})
_OBSERVABILITY: tuple[Object, ...] = (
    {"accessLogs": False},
    {"metrics": False, "tracing": False},
    {"traceVerbosity": "detailed"},
    {"traceVerbosity": "x", "accessLogs": True},
)

_PROVIDERS: dict[str, dict[str, tuple[Json, ...]]] = {
    "docker": {
        "exposedByDefault": (False,),
        "defaultRule": (
            "Host(`{{ normalize .Name }}.test`)",
            "Path(`/{{ .ContainerName }}`)",
            "",
            "Host(`{{ .Name | upper | trunc 4 }}`)",
            'Host(`{{ index .Labels "com.docker.compose.service" }}.test`)',
            "{{ if eq .Name `pots-shop` }}Host(`p`){{ end }}",
            "Host(`{{ .Nope }}`)",
            "Host(`{{ nope }}`)",
            "Host(`{{ first (splitList `-` .Name) }}`) || Path(`/{{ len .Name }}`)",
        ),
        "constraints": (
            "!Label(`traefik.enable`,`false`)",
            "Label(`x`",
            "LabelRegex(`com.docker.compose.service`, `^p`)",
            "Label(`com.docker.compose.service`,`pots`) || Label(`traefik.enable`,`true`)",
            "LabelRegex(`a`, `[`)",
            "Foo(`a`,`b`)",
        ),
        "network": ("shop_front", "shop_back", "front"),
        "allowEmptyServices": (True,),
        "useBindPortIP": (True,),
    },
    "swarm": {
        "exposedByDefault": (False,),
        "defaultRule": ("Host(`{{ .Name }}.test`)",),
        "constraints": ("Label(`com.docker.stack.namespace`,`shop`)", "Label(`x`,`y`)"),
        "network": ("shop_default", "front"),
        "allowEmptyServices": (True,),
    },
    "kubernetesCRD": {
        "allowCrossNamespace": (True,),
        "allowEmptyServices": (True,),
        "allowExternalNameServices": (True,),
        "ingressClass": ("shop",),
        "namespaces": (["default"],),
        "nativeLBByDefault": (True,),
        "crossProviderNamespaces": (["other"],),
        "labelSelector": ("app=shop",),
        "safeNaming": (True,),
        "disableClusterScopeResources": (True,),
    },
    "kubernetesIngress": {
        "allowEmptyServices": (True,),
        "allowExternalNameServices": (True,),
        "ingressClass": ("shop",),
        "strictPrefixMatching": (True,),
        "namespaces": (["default"],),
        "nativeLBByDefault": (True,),
        "disableIngressClassLookup": (True,),
        "labelSelector": ("app=shop",),
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
            point["observability"] = dict(dice.pick(_OBSERVABILITY))
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
                key: dice.pick(values) for key, values in _PROVIDERS[provider].items() if dice.chance(0.1)
            }
    is_open = dice.chance(0.5)
    root: Object = {
        "entryPoints": points,
        "providers": sections,
        "api": dice.element(
            (0.15 if is_open else 0, "insecure", lambda: True),
            (0 if is_open else 0.15, "basePath", lambda: "/traefik"),
            (0.05, "dashboard", lambda: False),
            (0.05, "debug", lambda: True),
        ),
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
        root["ping"] = dict(dice.pick(_SWITCHES))
    if dice.chance(0.08):
        root["metrics"] = {"prometheus": dict(dice.pick(_SWITCHES))}
    if dice.chance(0.05):
        names = ["file", "docker", "kubernetescrd", "swarm"]
        sections["precedence"] = list(dice.some(names, 1, 3))
    return root
