"""TLS options, certificates and resolvers (TL3xx)."""
