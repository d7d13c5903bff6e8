"""Asks the real Traefik binary what it makes of a configuration."""
