from tests.cli.program import project, traefik_lint

__all__ = ["project", "traefik_lint"]
