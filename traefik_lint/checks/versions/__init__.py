"""Options and rules of another Traefik version than the one in use."""
