"""Entry points and redirections (TL2xx)."""
