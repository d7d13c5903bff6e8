"""Middlewares and what they do to requests (TL4xx)."""
