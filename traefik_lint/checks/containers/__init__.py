"""Docker, Swarm and compose (TL6xx)."""
