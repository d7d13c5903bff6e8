"""What each provider makes of its sources, before configurations are put together."""
