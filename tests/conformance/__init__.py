"""Conformance: the same configurations for our model and for the real Traefik, answers compared."""
