"""Ports of the chart to entry points."""

from __future__ import annotations

from traefik_lint.model.deployment import ChartProblem
from traefik_lint.readers.helm.eras import Era
from traefik_lint.readers.helm.words import Step, flag, flags_below, has_text, is_null, is_true
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar

#: The chart's own ports: the container's, and the one that its Service shows.
_DEFAULTS = {
    "metrics": ("9100", "9100"),
    "traefik": ("8080", "8080"),
    "web": ("8000", "80"),
    "websecure": ("8443", "443"),
}
#: Options of an entry point that stand below a port under Traefik's own names.
_VERBATIM = (
    "asDefault",
    "forwardedHeaders",
    "proxyProtocol",
    "transport",
    "observability",
    "allowACMEByPass",
)
_VERBATIM_HTTP = (
    "encodedCharacters",
    "maxHeaderBytes",
    "middlewares",
    "sanitizePath",
    "underscoreHeadersStrategy",
)


class _Port:
    """One port: what is written of it, and its name's place."""

    __slots__ = ("body", "key", "name")

    def __init__(self, name: str, key: Scalar, body: Mapping | None) -> None:
        self.name = name
        self.key = key
        self.body = body

    def entry(self, *path: str) -> Entry | None:
        here = self.body
        for name in path[:-1]:
            here = here.mapping(name) if here is not None else None
        return here.entry(path[-1]) if here is not None else None

    def get(self, *path: str) -> Node | None:
        entry = self.entry(*path)
        return entry.value if entry is not None else None


def port_words(values: Mapping, era: Era, place: Scalar, problems: list[ChartProblem]) -> list[Scalar]:
    """The flags of all entry points: the chart's own four, unless set to null, and those that are added."""
    section = values.entry("ports")
    written = section.value if section is not None and isinstance(section.value, Mapping) else None
    ports: dict[str, _Port] = {}
    for name in _DEFAULTS:
        ports[name] = _Port(name, section.key if section is not None else place, None)
    for entry in written.entries if written is not None else ():
        if is_null(entry.value):
            ports.pop(entry.key.value, None)
        elif isinstance(entry.value, Mapping):
            ports[entry.key.value] = _Port(entry.key.value, entry.key, entry.value)
    words: list[Scalar] = []
    for port in ports.values():
        words += _address(port, era)
    for port in ports.values():
        words += _options(port, era, ports, problems)
    return words


def _steps(port: _Port, *below: Step) -> list[Step]:
    return [Step("entryPoints", port.key), Step(port.name, port.key), *below]


def _address(port: _Port, era: Era) -> list[Scalar]:
    number = port.entry("port")
    protocol = port.get("protocol")
    suffix = protocol.value.lower() if isinstance(protocol, Scalar) and has_text(protocol) else "tcp"
    if number is not None and isinstance(number.value, Scalar):
        text, key = number.value.value, number.key
    else:
        default = _DEFAULTS.get(port.name, ("", ""))[0]
        text, key = ("9000" if port.name == "traefik" and not era.maybe_from(33) else default), port.key
    host = port.get("hostIP")
    address = f"{host.value if isinstance(host, Scalar) and has_text(host) else ''}:{text}/{suffix}"
    word = flag(_steps(port, Step("address", key)), address)
    if number is not None and isinstance(number.value, Scalar):
        word.end = max(word.end, number.value.end)
        word.unknown = word.unknown or number.value.unknown
    return [word]


def _options(port: _Port, era: Era, ports: dict[str, _Port], problems: list[ChartProblem]) -> list[Scalar]:
    words: list[Scalar] = []
    for name in _VERBATIM:
        entry = port.entry(name)
        if entry is not None:
            words += flags_below(_steps(port, Step(name, entry.key)), entry.value)
    for name in _VERBATIM_HTTP:
        entry = port.entry("http", name) or (port.entry(name) if name == "middlewares" else None)
        if entry is not None:
            words += flags_below(_steps(port, Step("http", entry.key), Step(name, entry.key)), entry.value)
    words += _redirection(port, era, ports, problems)
    words += _tls(port, era)
    http3 = port.entry("http3")
    if http3 is not None and isinstance(http3.value, Mapping) and is_true(http3.value.get("enabled"), False):
        words.append(flag(_steps(port, Step("http3", http3.key)), "true"))
        advertised = http3.value.entry("advertisedPort")
        if advertised is not None and has_text(advertised.value):
            steps = _steps(port, Step("http3", http3.key), Step("advertisedPort", advertised.key))
            words.append(flag(steps, advertised.value))
    return words


def _tls(port: _Port, era: Era) -> list[Scalar]:
    entry = port.entry("http", "tls") or (None if era.surely_from(39) else port.entry("tls"))
    body = entry.value if entry is not None and isinstance(entry.value, Mapping) else None
    if entry is not None and is_null(entry.value):
        return []
    default = port.name == "websecure" and era.maybe_from(20)
    if not is_true(body.get("enabled") if body is not None else None, default):
        return []
    key = entry.key if entry is not None else port.key
    steps = _steps(port, Step("http", key), Step("tls", key))
    words = [flag(steps, "true")]
    for name in ("options", "certResolver", "domains"):
        option = body.entry(name) if body is not None else None
        if option is not None:
            words += flags_below([*steps, Step(name, option.key)], option.value)
    return words


def _redirection(port: _Port, era: Era, ports: dict[str, _Port], problems: list[ChartProblem]) -> list[Scalar]:
    """The redirection of an entry point, in the three forms that the chart had."""
    old = None if era.surely_from(34) else port.entry("redirectTo")
    new = port.entry("http", "redirections", "entryPoint") or (
        None if era.surely_from(39) else port.entry("redirections", "entryPoint")
    )
    entry = new or old
    if entry is None:
        return []
    body = entry.value
    if isinstance(body, Scalar):
        target: Entry | None = Entry(entry.key, body) if has_text(body) else None
    else:
        target = body.entry("to" if new is not None else "port") if isinstance(body, Mapping) else None
    if target is None or not isinstance(target.value, Scalar):
        return []
    to = ports.get(target.value.value)
    if to is None:
        if not target.value.unknown:
            text = f'the chart can\'t redirect "{port.name}" to "{target.value.value}": there is no such port'
            hint = f"name one of the ports: {', '.join(ports)}"
            problems.append(ChartProblem(target.value.span, target.value.value, text, hint, "refused"))
        return []
    exposed = to.get("exposedPort")
    number = exposed.value if isinstance(exposed, Scalar) else _DEFAULTS.get(to.name, ("", ""))[1]
    steps = _steps(
        port, Step("http", entry.key), Step("redirections", entry.key), Step("entryPoint", entry.key)
    )
    word = flag([*steps, Step("to", target.value)], f":{number}")
    words = [word]
    if new is None:
        words.append(flag([*steps, Step("scheme", entry.key)], "https"))
    for name in ("scheme", "priority", "permanent"):
        option = body.entry(name) if isinstance(body, Mapping) else None
        if option is not None and has_text(option.value):
            words.append(flag([*steps, Step(name, option.key)], option.value))
    return words
