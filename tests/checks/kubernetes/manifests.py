"""Small manifests for the tests of the rules about Kubernetes."""

from __future__ import annotations

ANNOTATION = "traefik.ingress.kubernetes.io/"


def service(
    name: str = "shop", ports: str = "[{name: http, port: 80, targetPort: 8080}]", **spec: str
) -> str:
    """A Service of namespace shop; ``annotations`` and ``namespace`` are taken out of the rest of its spec."""
    annotations = spec.pop("annotations", "{}")
    namespace = spec.pop("namespace", "shop")
    more = "".join(f", {key}: {value}" for key, value in spec.items())
    return (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}, "
        f"annotations: {annotations}}}\nspec: {{ports: {ports}{more}}}\n"
    )


def route(services: str, match: str = "Host(`shop.example.com`)", *, metadata: str = "", **spec: str) -> str:
    """An IngressRoute of namespace shop with one route."""
    more = "".join(f"  {key}: {value}\n" for key, value in spec.items())
    return (
        "---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\n"
        f"metadata: {{name: shop, namespace: shop{metadata}}}\n"
        f"spec:\n  entryPoints: [web]\n{more}  routes:\n    - kind: Rule\n      match: {match}\n"
        f"      services: {services}\n"
    )


def ingress(
    annotations: str = "{}", backend: str = "{service: {name: shop, port: {number: 80}}}", **spec: str
) -> str:
    """An Ingress of Traefik's class in namespace shop with one path."""
    spec.setdefault("ingressClassName", "traefik")
    more = "".join(f"  {key}: {value}\n" for key, value in spec.items() if value)
    return (
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata:\n  name: shop\n  namespace: shop\n  annotations: {annotations}\nspec:\n{more}"
        "  rules:\n    - host: shop.example.com\n      http:\n        paths:\n"
        f"          - {{path: /, pathType: Prefix, backend: {backend}}}\n"
    )


def static(crd: str = "{}", ingress: str = "{}", more: str = "") -> str:
    """A static configuration with both providers."""
    return (
        "entryPoints: {web: {address: ':8000'}}\n"
        f"providers: {{kubernetesCRD: {crd}, kubernetesIngress: {ingress}}}\n{more}"
    )


def deployment(
    labels: str = "{app: shop}", ports: str = "[{containerPort: 8080}]", container: str = ""
) -> str:
    """A Deployment of namespace shop with one container."""
    return (
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: shop}\n"
        f"spec: {{template: {{metadata: {{labels: {labels}}}, spec: {{containers: "
        f"[{{name: shop, image: shop, ports: {ports}{container}}}]}}}}}}\n"
    )


def custom(kind: str, name: str, spec: str) -> str:
    """An object of Traefik in namespace shop; ``spec`` is the inside of its spec."""
    return (
        f"---\napiVersion: traefik.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\n"
        f"spec: {{{spec}}}\n"
    )
