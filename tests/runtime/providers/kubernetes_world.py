"""Manifests and options to deployments, for the tests of the Kubernetes providers."""

from __future__ import annotations

from traefik_lint.model.deployment import Deployment, Static, StaticSource
from traefik_lint.options.catalogue import static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import parse_version
from traefik_lint.readers.kubernetes import read_manifests
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping
from traefik_lint.source.yaml import parse_yaml

#: A Service that most cases route to.
API = """\
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {ports: [{port: 80, name: http, targetPort: 8080}, {port: 443, name: tls}]}
---
"""


def deployment_of(manifests: str, options: str = "", version: str = "3.7") -> Deployment:
    """A deployment of these objects; ``options`` is a static file, without one both providers have their defaults."""
    parsed = parse_version(version)
    assert parsed is not None
    deployment = Deployment("test")
    deployment.version = parsed
    deployment.objects = read_manifests(SourceFile("manifests.yml", manifests)).objects
    if options:
        file = SourceFile("traefik.yml", options)
        root = parse_yaml(file).documents[0].root
        assert isinstance(root, Mapping)
        decoded = decode(root, static(), "yaml", parsed)
        assert decoded.error is None
        deployment.static = Static(StaticSource("file", root, Span(file, 0, 0), "yaml"), decoded, [])
    return deployment


def route(match: str, services: str = "{name: api, port: 80}", more: str = "") -> str:
    """One entry of an IngressRoute's ``routes``."""
    return f"{{match: {match}, kind: Rule, services: [{services}]{', ' + more if more else ''}}}"


def ingress_route(routes: str, name: str = "r", namespace: str = "default", more: str = "") -> str:
    """An IngressRoute; ``more`` goes into its ``spec``."""
    spec = f"routes: [{routes}]{', ' + more if more else ''}"
    return custom("IngressRoute", name, spec, namespace)


def custom(kind: str, name: str, spec: str, namespace: str = "default", group: str = "traefik.io") -> str:
    """One of Traefik's own objects."""
    return (
        f"apiVersion: {group}/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}}}\n"
        f"spec: {{{spec}}}\n---\n"
    )


def secret(name: str, data: str, namespace: str = "default", more: str = "") -> str:
    """A Secret with text in it."""
    return (
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {namespace}}}\n{more}\n"
        f"stringData: {{{data}}}\n---\n"
    )
