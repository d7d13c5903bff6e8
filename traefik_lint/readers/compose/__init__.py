"""Compose files: what docker compose makes of them before Traefik sees a label."""

from traefik_lint.readers.compose.project import load_project

__all__ = ["load_project"]
