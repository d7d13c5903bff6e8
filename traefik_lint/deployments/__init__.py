"""What belongs together: from the paths a user names to the Traefik worlds they describe."""
