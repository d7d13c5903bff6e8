"""Findings: what is said, how sure we are, where it points, and whether it is to be shown."""
