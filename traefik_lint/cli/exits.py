"""What the program's exit code says."""

from __future__ import annotations

OK = 0
FINDINGS = 1
USAGE = 2
INTERNAL_ERROR = 3
INTERRUPTED = 130
