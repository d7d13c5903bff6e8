"""Files as text and as trees of positioned nodes; this room knows nothing of Traefik."""
