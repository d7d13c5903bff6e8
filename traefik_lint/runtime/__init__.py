"""What Traefik makes of a deployment: names, defaults, merges, references, statuses."""
