"""Kubernetes objects (TL7xx)."""
