"""Rules that Traefik inherits from Go's standard library, with Go's own error texts."""
