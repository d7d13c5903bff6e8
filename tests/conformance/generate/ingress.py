"""Random Ingress objects and the classes they name."""

from __future__ import annotations

from tests.conformance.generate.dice import Dice
from tests.conformance.generate.kubernetes import NAMES, NAMESPACES, new_object, secrets, services
from tests.conformance.harness.jsontypes import Json, Object, mapping

_ANNOTATIONS = (
    ("router.entrypoints", ("web", "websecure,web", "nope")),
    ("router.middlewares", ("default-one@kubernetescrd", "one", "one@file")),
    ("router.priority", ("5", "x", "-2")),
    ("router.tls", ("true", "false", "yes")),
    ("router.tls.options", ("default-one@kubernetescrd", "default")),
    ("router.pathmatcher", ("Path", "PathRegexp", "Foo")),
    ("router.rulesyntax", ("v2", "v3")),
    ("router.foo", ("x",)),
    ("router.tls.certresolver", ("le",)),
    ("service.serversscheme", ("https",)),
    ("router.tls.domains.0.main", ("a.shop",)),
    ("router.tls.domains.0.sans", ("a.shop,b.shop",)),
    ("router.tls.domains", ("x",)),
    ("router.observability.accesslogs", ("true", "x")),
    ("router.observability.metrics", ("false",)),
    ("router.observability.traceverbosity", ("detailed", "x")),
    ("router.entryPoints", ("web, websecure", "")),
    ("Router.Priority", ("3",)),
    ("router", ("x",)),
    ("router.pathmatcher", ("pathprefix", "PathPrefix", "")),
    ("foo", ("x",)),
)
#: Annotations of other prefixes.
_OTHERS = (
    ("traefik.ingress.kubernetes.io.router.tls", "true"),
    ("TRAEFIK.ingress.kubernetes.io/router.tls", "true"),
    ("nginx.ingress.kubernetes.io/rewrite-target", "/"),
    ("ingress.kubernetes.io/ssl-redirect", "true"),
)


_PORTS: tuple[Object, ...] = (
    {"number": 80},
    {"number": 80},
    {"name": "web"},
    {"number": 80},
    {"number": 80},
    {"number": 443},
    {"number": 81},
)


def _backend(dice: Dice) -> Object:
    return {"service": {"name": dice.pick((*NAMES, *NAMES, "gone")), "port": dict(dice.pick(_PORTS))}}


def _path(dice: Dice) -> Object:
    backend = _backend(dice)
    if dice.chance(0.03):
        backend = {"resource": {"apiGroup": "k8s.example.com", "kind": "Bucket", "name": "b"}}
    return dice.element(
        (0.95, "path", lambda: dice.pick(("/", "/x", "/x/", "/x/y", "/a.b", "/ä", "/{id}", "/`", "^/x", ""))),
        (0.95, "pathType", lambda: dice.pick(("Prefix", "Prefix", "Exact", "ImplementationSpecific"))),
        (1, "backend", lambda: backend),
    )


def ingresses(dice: Dice) -> list[Json]:
    """Return objects for the Ingress provider."""
    found: list[Json] = [*services(dice), *secrets(dice)]
    if dice.chance(0.3):
        found.append(
            {
                "apiVersion": "networking.k8s.io/v1",
                "kind": "IngressClass",
                "metadata": {"name": "shop"},
                "spec": {"controller": dice.pick(("traefik.io/ingress-controller", "k8s.io/ingress-nginx"))},
            }
        )
    for name in dice.some(NAMES, 1, 3):
        annotations: Object = (
            {
                f"traefik.ingress.kubernetes.io/{key}": dice.pick(values)
                for key, values in dice.some(_ANNOTATIONS, 0, 3)
            }
            if dice.chance(0.6)
            else {}
        )
        if dice.chance(0.1):
            annotations["kubernetes.io/ingress.class"] = dice.pick(("traefik", "nginx", "shop", ""))
        if dice.chance(0.04):
            key, value = dice.pick(_OTHERS)
            annotations[key] = value
        spec = dice.element(
            (
                0.96,
                "rules",
                lambda: [
                    dice.element(
                        (0.9, "host", lambda: dice.pick(("a.shop", "b.shop", "*.c.shop", "A.shop", "*"))),
                        (0.97, "http", lambda: {"paths": [_path(dice) for _ in range(dice.number(1, 3))]}),
                    )
                    for _ in range(dice.number(1, 2))
                ],
            ),
            (0.15, "ingressClassName", lambda: dice.pick(("shop", "traefik"))),
            (
                0.15,
                "tls",
                lambda: [
                    dice.element((0.9, "hosts", lambda: ["a.shop"]), (0.9, "secretName", lambda: "cert"))
                ],
            ),
        )
        if "rules" not in spec or dice.chance(0.03):
            spec["defaultBackend"] = _backend(dice)
        found.append(
            new_object("Ingress", name, dice.pick(NAMESPACES), spec, "networking.k8s.io/v1", annotations)
        )
    # Which of two default backends wins is left to chance (K-110).
    defaults = [each for each in found if "defaultBackend" in mapping(mapping(each).get("spec"))]
    return [each for each in found if each not in defaults[1:]]
