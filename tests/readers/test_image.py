from __future__ import annotations

import pytest

from traefik_lint.readers.image import image_version, is_traefik_image


@pytest.mark.parametrize(
    ("image", "version"),
    [
        # S-100
        ("traefik:v3.7.9", "3.7.9"),
        ("traefik:3.7.9", "3.7.9"),
        ("traefik:v3.6", "3.6.24"),
        ("traefik:v3", "3.7.15"),
        ("traefik:3", "3.7.15"),
        ("traefik:v2.11", "2.11.53"),
        ("traefik:v2", "2.11.53"),
        ("traefik:v3.1.4-alpine", "3.1.4"),
        ("traefik:v3.7.4-windowsservercore-ltsc2022", "3.7.4"),
        ("traefik:v3.0.0-rc1", "3.0.0"),
        ("traefik:v3.5.2@sha256:0123", "3.5.2"),
        ("traefik", "3.7.15"),
        ("traefik:latest", "3.7.15"),
        ("traefik:alpine", "3.7.15"),
        ("traefik:mimolette", "2.11.53"),
        ("traefik:saintnectaire-alpine", "3.3.7"),
        ("docker.io/library/traefik:v3.1", "3.1.7"),
        ("ghcr.io/traefik/traefik:v3.6.1", "3.6.1"),
        ("localhost:5000/mirror/traefik:v3.2.1", "3.2.1"),
        ("rancher/mirrored-library-traefik:2.11.2", "2.11.2"),
        ("traefik@sha256:0123", None),
        ("traefik:experimental-master", None),
    ],
)
def test_traefik(image: str, version: str | None) -> None:
    found = image_version(image)
    assert (is_traefik_image(image), str(found) if found else None) == (True, version)


@pytest.mark.parametrize(
    "image",
    [
        "traefik/whoami",
        "traefik/whoami:v1.10",
        "thomseddon/traefik-forward-auth:2",
        "traefik/traefikee:v2.11",
        "ghcr.io/traefik/hub:v3",
        "nginx:v3",
        "my-traefik:v3",
        "",
    ],
)
def test_not_traefik(image: str) -> None:
    assert (is_traefik_image(image), image_version(image)) == (False, None)
