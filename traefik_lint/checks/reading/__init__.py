"""Options that Traefik does not read, or reads otherwise than they look."""
