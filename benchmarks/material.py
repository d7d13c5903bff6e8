"""Files to measure with: alike in form to what people write, as many as are wanted."""

from __future__ import annotations

from pathlib import Path

_STATIC = """\
entryPoints:
  web:
    address: :80
  websecure:
    address: :443
providers:
  file:
    filename: dynamic.yml
"""

_TRAEFIK = """\
name: {name}
services:
  traefik:
    image: traefik:v3.7
    command:
      - --entrypoints.web.address=:80
      - --entrypoints.web.http.redirections.entrypoint.to=websecure
      - --entrypoints.websecure.address=:443
      - --providers.docker=true
      - --providers.docker.exposedbydefault=false
      - --certificatesresolvers.le.acme.email=ops@example.com
      - --certificatesresolvers.le.acme.storage=/acme/acme.json
      - --certificatesresolvers.le.acme.tlschallenge=true
    ports:
      - 80:80
      - 443:443
    volumes:
      - ./acme:/acme
      - /run/docker-proxy.sock:/var/run/docker.sock:ro
"""

_SERVICE = """\
  {name}:
    image: ghcr.io/example/{name}:1.2.3
    restart: unless-stopped
    environment:
      DATABASE_URL: postgres://{name}@db/{name}
    labels:
      - traefik.enable=true
      - traefik.http.routers.{name}.rule=Host(`{name}.example.com`) && PathPrefix(`/v1`)
      - traefik.http.routers.{name}.entrypoints=websecure
      - traefik.http.routers.{name}.tls.certresolver=le
      - traefik.http.routers.{name}.middlewares={name}-strip,{name}-headers
      - traefik.http.middlewares.{name}-strip.stripprefix.prefixes=/v1
      - traefik.http.middlewares.{name}-headers.headers.framedeny=true
      - traefik.http.services.{name}.loadbalancer.server.port=8080
"""


def compose_file(name: str, services: int) -> str:
    """A compose project with Traefik and some services behind it."""
    return _TRAEFIK.format(name=name) + "".join(
        _SERVICE.format(name=f"{name}-{number}") for number in range(services)
    )


def write_one_compose(folder: Path) -> None:
    """One project as most are: Traefik and four services."""
    (folder / "compose.yml").write_text(compose_file("shop", 4))


def write_compose_files(folder: Path, count: int) -> None:
    """Independent projects, one in each folder."""
    for number in range(count):
        project = folder / f"project{number}"
        project.mkdir()
        (project / "compose.yml").write_text(compose_file(f"p{number}", 4))


def write_routers(folder: Path, count: int) -> None:
    """A static file and one dynamic file with routers, half as many middlewares, and their services.

    ``count`` is a multiple of twenty, so that each router strips the prefix it asks for.
    """
    (folder / "traefik.yml").write_text(_STATIC)
    lines = ["http:", "  routers:"]
    for number in range(count):
        lines += [
            f"    r{number}:",
            f"      rule: Host(`h{number}.example.com`) && PathPrefix(`/v{number % 10}`)",
            "      entryPoints: [web]",
            f"      service: s{number}",
            f"      middlewares: [m{number % (count // 2)}]",
        ]
    lines.append("  middlewares:")
    for number in range(count // 2):
        lines += [f"    m{number}:", "      stripPrefix:", f"        prefixes: [/v{number % 10}]"]
    lines.append("  services:")
    for number in range(count):
        lines += [
            f"    s{number}:",
            "      loadBalancer:",
            "        servers:",
            f"          - url: http://10.{number >> 16}.{number >> 8 & 255}.{number & 255}:8080",
        ]
    (folder / "dynamic.yml").write_text("\n".join(lines) + "\n")


def write_objects(folder: Path, count: int) -> None:
    """One manifest with IngressRoutes and their Services."""
    documents = [
        "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\n"
        f"metadata: {{name: r{number}, namespace: web}}\n"
        "spec:\n  entryPoints: [web]\n  routes:\n    - kind: Rule\n"
        f"      match: Host(`h{number}.example.com`) && PathPrefix(`/v{number % 10}`)\n"
        f"      services:\n        - {{name: s{number}, port: 80}}\n---\n"
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: s{number}, namespace: web}}\n"
        "spec:\n  ports:\n    - {port: 80, targetPort: 8080}\n"
        for number in range(count)
    ]
    (folder / "routes.yml").write_text("---\n".join(documents))
