"""The command line: one module for each command, which parses, calls and returns an exit code."""
