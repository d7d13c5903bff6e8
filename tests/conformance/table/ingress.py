"""K-100 to K-115: Ingress objects."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import INGRESS, KUBERNETES, kubernetes_case

from .crd import service, thing

PREFIX = "traefik.ingress.kubernetes.io/"
CLASS = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: %s}\nspec: {controller: %s}\n"
OURS = CLASS % ("traefik", "traefik.io/ingress-controller")


def path(value: str = "/", kind: str = "Prefix", name: str = "pots", port: str = "number: 80") -> str:
    """Return a path of an Ingress rule."""
    return f"{{path: '{value}', pathType: {kind}, backend: {{service: {{name: {name}, port: {{{port}}}}}}}}}"


def rule(*paths: str, host: str = "a.shop") -> str:
    """Return a rule of an Ingress."""
    return f"{{{f'host: {host!r}, ' if host else ''}http: {{paths: [{', '.join(paths)}]}}}}"


def ingress(
    *rules: str, name: str = "shop", annotations: dict[str, str] | None = None, spec: str = ""
) -> str:
    """Return an Ingress; annotations are named without their usual prefix unless they have one."""
    pairs = ", ".join(
        f"{key if '/' in key else PREFIX + key}: {value!r}" for key, value in (annotations or {}).items()
    )
    parts = ([f"rules: [{', '.join(rules)}]"] if rules else []) + ([spec] if spec else [])
    return (
        f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}, annotations: {{{pairs}}}}}\n"
        f"spec: {{{', '.join(parts)}}}\n"
    )


def annotated_service(key: str, value: str, ports: str = "{port: 80}") -> str:
    """Return the Service `pots` with an annotation."""
    return service(ports=ports).replace(
        "namespace: default}", f"namespace: default, annotations: {{{PREFIX}{key}: {value!r}}}}}"
    )


def case(name: str, *objects: str, options: str = "", pots: str = "") -> Case:
    """Return a case of Ingress objects beside the Service `pots`."""
    return kubernetes_case(
        name,
        pots or service(),
        *objects,
        providers=f"providers: {{kubernetesIngress: {{{options}}}}}\n" if options else INGRESS,
    )


def annotated(name: str, *objects: str, **annotations: str) -> Case:
    """Return a case of one Ingress with router annotations (`__` stands for a dot)."""
    return case(
        name,
        *objects,
        ingress(
            rule(path("/x")),
            annotations={"router." + key.replace("__", "."): value for key, value in annotations.items()},
        ),
    )


EXTERNAL = service("ext", "{port: 80}", more=", type: ExternalName, externalName: ext.example.com")

CASES: tuple[Case, ...] = (
    case("K-100a", ingress(rule(path()), spec="ingressClassName: traefik")),
    case("K-100b", OURS, ingress(rule(path()), spec="ingressClassName: traefik")),
    case(
        "K-100c",
        CLASS % ("traefik", "k8s.io/ingress-nginx"),
        ingress(rule(path()), spec="ingressClassName: traefik"),
    ),
    case("K-100d", ingress(rule(path()), annotations={"kubernetes.io/ingress.class": "nginx"})),
    case("K-100e", ingress(rule(path()), annotations={"kubernetes.io/ingress.class": "traefik"})),
    case("K-100f", ingress(rule(path())), options="ingressClass: foo"),
    case(
        "K-100g",
        ingress(rule(path()), annotations={"kubernetes.io/ingress.class": "foo"}),
        options="ingressClass: foo",
    ),
    case(
        "K-100h",
        OURS,
        ingress(rule(path()), spec="ingressClassName: traefik"),
        options="disableIngressClassLookup: true",
    ),
    case(
        "K-100i",
        OURS,
        CLASS % ("other", "traefik.io/ingress-controller"),
        ingress(rule(path()), spec="ingressClassName: traefik"),
        ingress(rule(path("/x")), name="x", spec="ingressClassName: other"),
        options="ingressClass: other",
    ),
    annotated("K-101a", entrypoints="web", priority="7", tls="true"),
    annotated("K-101b", foo="x"),
    annotated("K-101c", priority="abc"),
    annotated(
        "K-101d",
        tls__certresolver="le",
        tls__domains__0__main="a.shop",
        tls__domains__0__sans="b.shop,c.shop",
    ),
    annotated("K-101e", Entrypoints="websecure"),
    annotated("K-101f", rulesyntax="v2"),
    annotated("K-101g", observability__accesslogs="false"),
    case(
        "K-101h",
        ingress(
            rule(path()), annotations={"kubernetes.io/rule-type": "PathStrip", PREFIX + "rule-type": "x"}
        ),
    ),
    annotated("K-101i", tls="false"),
    annotated("K-101j", tls="yes"),
    case("K-102a", ingress(rule(path())), pots=annotated_service("service.serversscheme", "https")),
    case("K-102b", ingress(rule(path())), pots=annotated_service("service.foo", "x")),
    case("K-102c", ingress(rule(path()), annotations={"service.serversscheme": "https"})),
    case("K-102d", ingress(rule(path())), pots=annotated_service("service.sticky.cookie.name", "c")),
    case("K-102e", ingress(rule(path())), pots=annotated_service("service.passhostheader", "false")),
    case("K-102f", ingress(rule(path())), pots=annotated_service("service.nativelb", "true")),
    case(
        "K-102g",
        ingress(rule(path())),
        pots=annotated_service("service.serverstransport", "default-t@kubernetescrd"),
    ),
    case("K-102h", ingress(rule(path())), pots=annotated_service("service.sticky.cookie", "true")),
    annotated("K-103a", middlewares="m"),
    annotated("K-103b", middlewares="default-m@kubernetescrd"),
    kubernetes_case(
        "K-103c",
        service(),
        thing("Middleware", "m", "{addPrefix: {prefix: /x}}"),
        ingress(rule(path()), annotations={"router.middlewares": "default-m@kubernetescrd"}),
        providers=KUBERNETES,
    ),
    annotated("K-103d", tls__options="default-o@kubernetescrd"),
    case("K-104a", ingress(rule(path("/x", "Exact"), path("/y"), path("/z", "ImplementationSpecific")))),
    case(
        "K-104b",
        ingress(
            rule(path("/z", "ImplementationSpecific"), path("/e", "Exact")),
            annotations={"router.pathmatcher": "PathRegexp"},
        ),
    ),
    case(
        "K-104c",
        ingress(
            rule(path("/z", "ImplementationSpecific"), path("/e", "Exact")),
            annotations={"router.pathmatcher": "Foo"},
        ),
    ),
    case("K-104d", ingress(rule(path("/a`b", "Exact")))),
    case("K-104e", ingress(rule(path('/a"b')))),
    case("K-105a", ingress(rule(path("/x/"), path("/"), path("/y"))), options="strictPrefixMatching: true"),
    case("K-105b", ingress(rule(path("/i", "ImplementationSpecific"))), options="strictPrefixMatching: true"),
    case("K-106", ingress(rule(path("/x", "Exact"), path("/x", "Prefix")))),
    case("K-107a", ingress(rule(path(), host="*.a.shop"))),
    case("K-107b", ingress(rule(path(), host="*.a.shop"), annotations={"router.rulesyntax": "v2"})),
    case("K-108a", ingress(rule("{backend: {service: {name: pots, port: {number: 80}}}}", host=""))),
    case("K-108b", ingress(rule("{backend: {service: {name: pots, port: {number: 80}}}}"))),
    case("K-108c", ingress("{host: a.shop}", rule(path()))),
    case("K-109a", ingress(rule(path("/a/b"), path("/a.b")), rule(path("/"), host=""))),
    case("K-109b", ingress(rule(path("/a")), name="a-b"), ingress(rule(path("/a")), name="a.c")),
    case(
        "K-109c",
        ingress(rule(path(port="name: web"))),
        pots=service(ports="{name: web, port: 80, targetPort: 8080}"),
    ),
    case("K-110a", ingress(spec="defaultBackend: {service: {name: pots, port: {number: 80}}}")),
    case("K-110b", ingress(rule(path()), spec="defaultBackend: {service: {name: pots, port: {number: 80}}}")),
    case("K-110c", ingress(spec="defaultBackend: {service: {name: gone, port: {number: 80}}}")),
    case("K-111a", ingress(rule(path()), spec="tls: [{hosts: [a.shop], secretName: gone}]")),
    case(
        "K-111b", ingress(rule(path()), spec="tls: [{hosts: [a.shop]}]", annotations={"router.tls": "true"})
    ),
    case("K-112a", ingress(rule(path(name="gone"), path("/x")))),
    case("K-112b", ingress(rule(path(port="number: 81"), path("/x")))),
    case("K-112c", ingress(rule(path(name="ext"), path("/x"))), EXTERNAL),
    case(
        "K-112d",
        ingress(rule(path(name="ext"), path("/x"))),
        EXTERNAL,
        options="allowExternalNameServices: true",
    ),
    case(
        "K-112e",
        ingress(
            rule(
                "{path: /r, pathType: Prefix, backend: {resource: {apiGroup: x, kind: Y, name: z}}}",
                path("/x"),
            )
        ),
    ),
    case("K-114", ingress(rule(path()), name="one"), ingress(rule(path()), name="two")),
    case(
        "K-115a", ingress(rule(path(port="number: 443"))), pots=service(ports="{port: 443, targetPort: 8443}")
    ),
    case("K-115b", ingress(rule(path(port="name: https"))), pots=service(ports="{name: https, port: 8443}")),
    case("K-115c", ingress(rule(path())), pots=annotated_service("service.serversscheme", "h2c")),
)
