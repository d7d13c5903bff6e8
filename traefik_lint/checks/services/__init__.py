"""Services and backends (TL5xx)."""
