"""The rules: small generators over the computed world, one idea each."""
