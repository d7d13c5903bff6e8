"""From Kubernetes manifests to the objects that an API server would hold for them."""

from __future__ import annotations

import base64
import copy
import itertools
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from .jsontypes import Json, Object, mapping, sequence, text

#: Group and plural of each kind that is served; the rest of a manifest is ignored.
KINDS: Mapping[tuple[str, str], str] = {
    ("", "Service"): "services",
    ("", "Secret"): "secrets",
    ("", "ConfigMap"): "configmaps",
    ("", "Node"): "nodes",
    ("", "Namespace"): "namespaces",
    ("", "Endpoints"): "endpoints",
    ("discovery.k8s.io", "EndpointSlice"): "endpointslices",
    ("networking.k8s.io", "Ingress"): "ingresses",
    ("networking.k8s.io", "IngressClass"): "ingressclasses",
    ("traefik.io", "IngressRoute"): "ingressroutes",
    ("traefik.io", "IngressRouteTCP"): "ingressroutetcps",
    ("traefik.io", "IngressRouteUDP"): "ingressrouteudps",
    ("traefik.io", "Middleware"): "middlewares",
    ("traefik.io", "MiddlewareTCP"): "middlewaretcps",
    ("traefik.io", "TLSOption"): "tlsoptions",
    ("traefik.io", "TLSStore"): "tlsstores",
    ("traefik.io", "TraefikService"): "traefikservices",
    ("traefik.io", "ServersTransport"): "serverstransports",
    ("traefik.io", "ServersTransportTCP"): "serverstransporttcps",
}
_CLUSTER_WIDE = frozenset({"Node", "Namespace", "IngressClass"})

#: Namespace and name of the objects that make sure that each provider sees at least one.
HELPER = "zz-conformance-helper"


class Cluster(NamedTuple):
    """Objects by (group, plural); `addresses` maps each address given out to its Service's name."""

    objects: dict[tuple[str, str], list[Object]]
    addresses: dict[str, str]


class _TextLoader(yaml.SafeLoader):
    """Reads YAML as `kubectl` does: no timestamps."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cluster_of(manifests: str) -> Cluster:
    """Return the cluster that holds the objects of a stream of manifests.

    Services without endpoints get one ready address, with the number of the target port if it is a number.
    """
    cluster = Cluster({}, {})
    numbers = itertools.count(1)
    for document in yaml.load_all(manifests, Loader=_TextLoader):
        for item in _items(mapping(document)):
            _add(cluster, copy.deepcopy(item), next(numbers))
    _add_endpoints(cluster)
    _add_helpers(cluster)
    return cluster


def _items(document: Object) -> list[Object]:
    if text(document.get("kind")).endswith("List"):
        return [mapping(item) for item in sequence(document.get("items"))]
    return [document] if document else []


def _add(cluster: Cluster, item: Object, number: int) -> None:
    group, _, _ = text(item.get("apiVersion")).rpartition("/")
    kind = text(item.get("kind"))
    plural = KINDS.get((group, kind))
    metadata = mapping(item.setdefault("metadata", {}))
    if plural is None or not metadata.get("name"):
        return  # an API server takes no object without a name
    if kind not in _CLUSTER_WIDE:
        metadata.setdefault("namespace", "default")
    metadata.update(
        {
            "uid": f"uid-{number}",
            "resourceVersion": str(number),
            "generation": 1,
            "creationTimestamp": f"2024-01-01T00:{number // 60 % 60:02}:{number % 60:02}Z",
        }
    )
    if kind == "Secret":
        data = mapping(item.setdefault("data", {}))
        for key, value in mapping(item.pop("stringData", {})).items():
            data[key] = base64.b64encode(str(value).encode()).decode()
    if kind == "Service":
        _complete_service(cluster, item, number)
    cluster.objects.setdefault((group, plural), []).append(item)


def _complete_service(cluster: Cluster, service: Object, number: int) -> None:
    spec = mapping(service.setdefault("spec", {}))
    if spec.setdefault("type", "ClusterIP") == "ExternalName":
        return
    if "clusterIP" not in spec:
        spec["clusterIP"] = f"10.43.{number // 250}.{number % 250 + 1}"
        cluster.addresses[text(spec["clusterIP"])] = text(mapping(service["metadata"])["name"])
    for port in map(mapping, sequence(spec.get("ports"))):
        port.setdefault("protocol", "TCP")
        port.setdefault("targetPort", port.get("port"))


def _add_endpoints(cluster: Cluster) -> None:
    """Give each Service without endpoints of its own a ready one, in the old form and in the new."""
    slices = cluster.objects.setdefault(("discovery.k8s.io", "endpointslices"), [])
    endpoints = cluster.objects.setdefault(("", "endpoints"), [])
    served = {
        (
            mapping(each["metadata"]).get("namespace"),
            mapping(mapping(each["metadata"]).get("labels")).get("kubernetes.io/service-name"),
        )
        for each in slices
    }
    for number, service in enumerate(cluster.objects.get(("", "services"), []), 1):
        metadata, spec = mapping(service["metadata"]), mapping(service["spec"])
        key = (metadata["namespace"], metadata["name"])
        if spec["type"] == "ExternalName" or key in served:
            continue
        address = f"10.42.{number // 250}.{number % 250 + 1}"
        cluster.addresses[address] = text(metadata["name"])
        ports = [_endpoint_port(mapping(port)) for port in sequence(spec.get("ports"))]
        own: Object = {
            "namespace": metadata["namespace"],
            "uid": f"uid-e{number}",
            "resourceVersion": str(number),
        }
        slices.append(
            {
                "apiVersion": "discovery.k8s.io/v1",
                "kind": "EndpointSlice",
                "addressType": "IPv4",
                "metadata": {
                    **own,
                    "name": f"{metadata['name']}-slice",
                    "labels": {"kubernetes.io/service-name": metadata["name"]},
                },
                "endpoints": [
                    {
                        "addresses": [address],
                        "conditions": {"ready": True, "serving": True, "terminating": False},
                    }
                ],
                "ports": ports,
            }
        )
        endpoints.append(
            {
                "apiVersion": "v1",
                "kind": "Endpoints",
                "metadata": {**own, "name": metadata["name"]},
                "subsets": [{"addresses": [{"ip": address}], "ports": ports}],
            }
        )


def _endpoint_port(port: Object) -> Json:
    target = port.get("targetPort")
    return {
        "name": text(port.get("name")),
        "protocol": port["protocol"],
        "port": target if isinstance(target, int) else port.get("port"),
    }


def _add_helpers(cluster: Cluster) -> None:
    """Add a Node and a Service, so that a provider has an event to begin with."""
    if not cluster.objects.get(("", "nodes")):
        cluster.objects[("", "nodes")] = [
            {
                "apiVersion": "v1",
                "kind": "Node",
                "metadata": {"name": HELPER, "uid": "uid-node", "resourceVersion": "1"},
                "status": {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}]},
            }
        ]


def helper_service(namespace: str) -> Object:
    """Return the Service that every watched namespace holds."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {
            "name": HELPER,
            "namespace": namespace or HELPER,
            "uid": "uid-helper",
            "resourceVersion": "1",
        },
        "spec": {"clusterIP": "10.43.255.1", "type": "ClusterIP", "ports": [{"port": 1, "protocol": "TCP"}]},
    }
