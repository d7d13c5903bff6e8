from __future__ import annotations

def enums_table(facts, dynamic): return {}
def changes_table(facts): return {}
