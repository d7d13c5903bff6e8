"""Small compose projects for tests: a Traefik, and one application behind it."""

from __future__ import annotations

APP = "registry.example.com/app:1.4"
RULE = "traefik.http.routers.app.rule=Host(`app.example.com`)"
ON = "traefik.enable=true"


def traefik(*flags: str, rest: str = "", ports: str = '["80:80"]', image: str = "traefik:v3.7") -> str:
    """A Traefik with the entry point web, the docker provider, and `flags` besides; `rest` are more keys."""
    words = "".join(
        f'      - "{flag}"\n'
        for flag in (
            "--entrypoints.web.address=:80",
            "--providers.docker.exposedbydefault=false",
            "--providers.file.directory=/dynamic",
            *flags,
        )
    )
    published = f"    ports: {ports}\n" if ports else ""
    return (
        f"services:\n  traefik:\n    image: {image}\n    command:\n{words}{published}    volumes:\n"
        "      - /var/run/docker.sock:/var/run/docker.sock:ro\n      - ./dynamic:/dynamic:ro\n" + _keys(rest)
    )


def service(*labels: str, name: str = "app", image: str = APP, rest: str = 'expose: ["8080"]') -> str:
    """A compose service with labels; `rest` are its other keys, one a line."""
    lines = "".join(f'      - "{label}"\n' for label in labels)
    return f"  {name}:\n    image: {image}\n{_keys(rest)}" + (f"    labels:\n{lines}" if labels else "")


def project(*parts: str, dynamic: str = "") -> dict[str, str]:
    """A folder with the compose file made of the parts, and one file of the file provider."""
    return {
        "compose.yml": "".join(parts),
        "dynamic/app.yml": dynamic or "http:\n  middlewares:\n    small:\n      compress: {}\n",
    }


def app(*labels: str, rest: str = 'expose: ["8080"]', image: str = APP) -> dict[str, str]:
    """A Traefik and an enabled application with a rule and these labels besides."""
    return project(traefik(), service(ON, RULE, *labels, image=image, rest=rest))


def _keys(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines() if line)
