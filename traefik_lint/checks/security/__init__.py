"""Doors left open (TL8xx)."""
