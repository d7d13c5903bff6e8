"""traefik-lint: what Traefik will do with a configuration, told before it is deployed."""

__version__ = "0.1.0"
