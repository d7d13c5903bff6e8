"""TL040 to TL043: flags and variables that Traefik reads otherwise than they are meant, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.deployment import StaticSource
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL040", "unread-argument", severity="warning")
def unread_argument(runtime: Runtime) -> Iterator[Draft]:
    """Traefik stops at the first argument that is no flag; a switch takes no value behind a blank (S-021, S-024)."""
    source = _flags(runtime)
    if source is None or source.refused or not source.unread:
        return
    first, *others = source.unread
    rest = f", nor the {len(others)} behind it" if others else ""
    message = (
        f"Traefik does not read {quoted(first.value)}{rest}: it stops at the first argument that is no flag"
    )
    hint = "write it with an equals sign, as in --api.dashboard=false"
    if others:
        hint += ", and begin every argument with --"
    yield finding(first.sub(0, len(first.value)), message, hint=hint)


@check("TL041", "malformed-arguments", severity="error")
def malformed_arguments(runtime: Runtime) -> Iterator[Draft]:
    """What Traefik takes for a command, or for a flag without its value, keeps it from starting (S-023, S-024)."""
    source = _flags(runtime)
    if source is None or not source.refused:
        return
    first = source.unread[0] if source.unread else None
    span = first.sub(0, len(first.value)) if first is not None else _named(source)
    refused = source.refused
    if refused.startswith("command not found"):
        text = refused.partition(": ")[2]
        message = f"{quoted(text)} is no command of Traefik: it does not start"
        inner = text.strip("\"'")
        hint = (
            f"take out the quotes inside the item: {inner}" if inner.startswith("-") else "begin it with --"
        )
    elif refused.startswith("flag needs an argument"):
        name = refused.partition(": -")[2]
        option, _, value = name.partition(" ")
        message = f"the flag {quoted(name)} has no value: Traefik does not start"
        hint = f"write --{option}={value.strip() or '…'}"
    else:
        message = f"{quoted(refused.partition(': ')[2])} is no flag: Traefik does not start"
        hint = "write --name=value"
    yield finding(span, message, hint=hint)


def _named(source: StaticSource) -> Span:
    """The flag that the refusal ends with, as far as the text of the file shows it."""
    name = source.refused.partition(": -")[2]
    span = source.span
    begin = span.file.text.find(name, span.start, span.end + 1) if name else -1
    return span if begin == -1 else Span(span.file, begin, begin + len(name))


@check("TL042", "repeated-list-flag", severity="warning")
def repeated_list_flag(runtime: Runtime) -> Iterator[Draft]:
    """Below a name a list flag that is given again is appended or replaces, as it happens at each start (S-025)."""
    source = _flags(runtime)
    for name in source.repeated if source is not None else ():
        message = f"{quoted(name.value)} is given again: from start to start Traefik takes both values or only the last"
        yield finding(name, message, hint=f"give one list: --{name.value}=a,b")


@check("TL043", "unread-variable", severity="warning")
def unread_variable(runtime: Runtime) -> Iterator[Draft]:
    """The prefix and the first word of a variable's name count only in upper case (S-030)."""
    static = runtime.deployment.static
    if static is None or static.source.kind != "environment":
        return
    for name in static.source.unread:
        message = (
            f"Traefik does not read {quoted(name.value)}: the name's beginning counts only in upper case"
        )
        yield finding(name, message, hint=f"write {name.value.upper()}")


def _flags(runtime: Runtime) -> StaticSource | None:
    static = runtime.deployment.static
    return static.source if static is not None and static.source.kind == "flags" else None
