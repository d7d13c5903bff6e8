"""Writers of findings: one module for each format."""
