"""Where things lead in a cluster: addresses of its DNS, the Service in front of Traefik, endpoints, gRPC."""

from __future__ import annotations

import pytest

from tests.checks.lint import found_by


def service(name: str, namespace: str, ports: str = "[{port: 80}]", more: str = "selector: {app: a}") -> str:
    return (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\n"
        f"spec:\n  {more}\n  ports: {ports}\n"
    )


def login(address: str) -> str:
    return (
        "---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: {name: login, namespace: shop}\n"
        f"spec: {{forwardAuth: {{address: '{address}'}}}}\n"
    )


def traefik(
    namespace: str = "infra", labels: str = "{app: a}", ports: str = "[]", containers: str = ""
) -> str:
    return (
        f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: traefik, namespace: {namespace}}}\nspec:\n"
        f"  template:\n    metadata: {{labels: {labels}}}\n    spec:\n      containers:\n"
        f"        - {{name: traefik, image: 'traefik:v3.7', ports: {ports}, "
        "args: [--entrypoints.web.address=:8000, --providers.kubernetescrd]}\n" + containers
    )


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((service("auth", "auth"), login("http://auth.shop.svc.cluster.local/")), 1),
        ((service("auth", "auth"), login("http://auth.shop.svc/")), 1),
        ((service("auth", "auth"), login("http://auth/")), 1),
        ((service("auth", "auth"), login("http://auth.auth.svc:9091/")), 1),
        ((service("auth", "auth"), login("https://auth.auth.svc/")), 1),
        ((service("auth", "auth"), traefik("shop"), login("http://auth/")), 1),
        ((service("auth", "auth"), login("http://auth.auth.svc/")), 0),
        ((service("auth", "auth"), traefik("auth"), login("http://auth/")), 0),
        ((service("auth", "default"), login("http://auth/")), 0),
        ((service("auth", "traefik"), login("http://auth/")), 0),
        ((service("other", "auth"), login("http://auth.shop.svc/")), 0),
        ((service("auth", "auth"), service("auth", "shop"), login("http://auth.shop.svc/")), 0),
        ((service("auth", "auth"), login("http://auth.example.com/")), 0),
        ((service("auth", "'${NS}'"), login("http://auth.shop.svc/")), 0),
        ((service("auth", "auth", more="clusterIP: None"), login("http://auth.auth.svc:9091/")), 0),
        ((service("auth", "auth", more="externalName: a.example.com"), login("http://auth.auth.svc:1/")), 0),
        ((login("http://auth.shop.svc/"),), 0),
    ],
)
def test_addresses(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL740", {"a.yml": "".join(objects)})) == found


NAMED = "[{name: web, containerPort: 8000}, {name: other, containerPort: 9000}]"
BESIDE = "        - {name: beside, image: nginx}\n"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((traefik(), service("lb", "infra", "[{port: 80, targetPort: 8080}]")), ["8080"]),
        ((traefik(), service("lb", "infra")), ["80"]),
        ((traefik(ports=NAMED), service("lb", "infra", "[{port: 80, targetPort: other}]")), ["9000"]),
        ((traefik(), service("traefik", "infra", more="selector: {app: b}")), ["b"]),
        ((traefik(), service("lb", "infra", "[{port: 80, targetPort: 8000}]")), []),
        ((traefik(ports=NAMED), service("lb", "infra", "[{port: 80, targetPort: web}]")), []),
        ((traefik(), service("lb", "other", "[{port: 80, targetPort: 8080}]")), []),
        ((traefik(containers=BESIDE), service("lb", "infra", "[{port: 80, targetPort: 8080}]")), []),
        ((traefik(), service("metrics", "infra", "[{port: 9100, targetPort: 9100}]")), []),
        ((traefik(), service("app", "infra", more="selector: {app: b}")), []),
        ((traefik(), service("lb", "infra", "[{port: 80, targetPort: '${PORT}'}]")), []),
    ],
)
def test_front(objects: tuple[str, ...], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL741", {"a.yml": "".join(objects)})] == found


def route(port: str = "80", more: str = "") -> str:
    return (
        "---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: r, namespace: shop}\nspec:\n"
        f"  routes: [{{match: Host(`a.example.com`), kind: Rule, services: [{{name: s, port: {port}{more}}}]}}]\n"
    )


def endpoints(name: str, port: str = "{port: 80}") -> str:
    return (
        f"---\napiVersion: v1\nkind: Endpoints\nmetadata: {{name: {name}, namespace: shop}}\n"
        f"subsets: [{{addresses: [{{ip: 192.0.2.1}}], ports: [{port}]}}]\n"
    )


def slices(label: str, port: str = "{port: 80}") -> str:
    return (
        "---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\naddressType: IPv4\n"
        f"metadata: {{name: x, namespace: shop, labels: {{{label}}}}}\n"
        f"endpoints: [{{addresses: [192.0.2.1]}}]\nports: [{port}]\n"
    )


BARE = service("s", "shop", more="type: ClusterIP")
WEB = service("s", "shop", "[{port: 80, name: web}]", more="type: ClusterIP")
LABEL = "kubernetes.io/service-name"


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((BARE, route(), endpoints("nas")), ["nas"]),
        ((WEB, route(), endpoints("s", "{port: 80, name: http}")), ["http"]),
        ((WEB, route(), endpoints("s")), ["80"]),
        ((BARE, route(), slices("")), ["x"]),
        ((BARE, route(), slices(f"{LABEL}: nas")), ["nas"]),
        ((BARE, route(), endpoints("s")), []),
        ((WEB, route(), endpoints("s", "{port: 80, name: web}")), []),
        ((BARE, route(), slices(f"{LABEL}: s")), []),
        ((BARE, route()), []),
        ((service("s", "shop"), route(), endpoints("nas")), []),
        ((BARE, endpoints("nas")), []),
        ((BARE, route(), endpoints("nas"), endpoints("other")), []),
        ((BARE, route(), service("nas", "shop", more="type: ClusterIP"), endpoints("nas")), []),
    ],
)
def test_endpoints(objects: tuple[str, ...], found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL742", {"a.yml": "".join(objects)})] == found


def kind(version: str, name: str) -> str:
    return f"apiVersion: {version}\nkind: {name}\nmetadata: {{name: a, namespace: b}}\nspec: {{}}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (kind("traefik.io/v1alpha1", "IngressRouteTcp"), ["IngressRouteTcp"]),
        (kind("traefik.io/v1alpha1", "Ingress"), ["Ingress"]),
        (kind("traefik.io/v1", "TLSStore"), ["traefik.io/v1"]),
        (kind("extensions/v1beta1", "IngressRoute"), ["extensions/v1beta1"]),
        (kind("traefik.io/v1alpha1", "ServersTransportTCP"), []),
        (kind("traefik.containo.us/v1alpha1", "Middleware"), []),
        (kind("networking.k8s.io/v1", "Ingress"), []),
        (kind("hub.traefik.io/v1alpha1", "AccessControlPolicy"), []),
        (kind("configuration.konghq.com/v1", "Ingressroute"), []),
        (kind("traefik.io/v1alpha1", "'${KIND}'"), []),
    ],
)
def test_kinds(text: str, found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL743", {"a.yml": text})] == found


def ingress(host: str, annotations: str = "{}") -> str:
    return (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: a, namespace: b, annotations: {annotations}}}\n"
        f"spec: {{ingressClassName: traefik, rules: [{{host: {host}}}]}}\n"
    )


EXTERNAL = (
    "apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {{type: ExternalName, externalName: '{}'}}\n"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ingress("'*'"), ["'*'"]),
        (ingress("a.example.com:8443"), ["a.example.com:8443"]),
        (ingress("https://a.example.com"), ["https://a.example.com"]),
        (ingress("a.example.com/x"), ["a.example.com/x"]),
        (ingress("a.example.com", "{kubernetes.io/ingress.class: nginx}"), ["nginx"]),
        (EXTERNAL.format("http://a.example.com"), ["'http://a.example.com'"]),
        (EXTERNAL.format("a.example.com:80"), ["'a.example.com:80'"]),
        (ingress("a.example.com"), []),
        (ingress("'*.example.com'"), []),
        (ingress("'${HOST}'"), []),
        (ingress("<your-host>"), []),
        (ingress("YOUR_HOST"), []),
        (ingress("a.example.com", "{kubernetes.io/ingress.class: traefik}"), []),
        (EXTERNAL.format("a.example.com."), []),
        (EXTERNAL.format("192.0.2.1"), []),
        (EXTERNAL.format("${HOST}"), []),
    ],
)
def test_refused(text: str, found: list[str]) -> None:
    assert [text for _, _, text in found_by("TL744", {"a.yml": text})] == found


def grpc(name: str, more: str = "", port: int = 80) -> str:
    return service("s", "shop", f"[{{port: {port}, name: {name}{more}}}]")


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ((grpc("grpc"), route()), 1),
        ((grpc("otlp-grpc"), route("otlp-grpc")), 1),
        ((grpc("web", ", appProtocol: kubernetes.io/h2c"), route()), 1),
        ((grpc("grpc"), route(more=", scheme: h2c")), 0),
        ((grpc("grpc"), route(more=", schema: h2c")), 0),
        ((grpc("grpc"), route(more=", scheme: http")), 0),
        ((grpc("grpc", port=443), route("443")), 0),
        ((grpc("grpcui"), route()), 0),
        ((grpc("http"), route()), 0),
        ((grpc("web", ", appProtocol: http"), route()), 0),
        ((route(),), 0),
    ],
)
def test_grpc(objects: tuple[str, ...], found: int) -> None:
    assert len(found_by("TL745", {"a.yml": "".join(objects)})) == found
