"""What options Traefik has in which version, and the one decoder that turns any notation's tree into values."""
