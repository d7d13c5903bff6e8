"""Which rules run, how severe they are, and which findings the settings keep from counting."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from traefik_lint.checks.registry import Check
from traefik_lint.findings.finding import Finding, Severity, Suppressed
from traefik_lint.findings.settings import RuleName, Settings, SettingsError, SettingsProblem
from traefik_lint.source.globs import PathPatterns
from traefik_lint.source.span import SourceFile

_PREFIX = re.compile(r"TL\d{0,2}|ALL", re.IGNORECASE)


class RuleBook:
    """The known rules, found by id, by name or by the beginning of an id."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.checks = sorted(checks, key=lambda check: check.id)
        self._ids = {check.id.lower(): check.id for check in self.checks}
        self._ids.update({check.name: check.id for check in self.checks})

    def find(self, name: str) -> Check | None:
        """The one rule with this id or name, None when there is none."""
        id = self._ids.get(name.strip().lower())
        return next((check for check in self.checks if check.id == id), None)

    def ids(self, name: str) -> frozenset[str] | None:
        """The rules meant by an id, a name, the beginning of ids (``TL2``) or ``ALL``; None when it means nothing."""
        text = name.strip()
        id = self._ids.get(text.lower())
        if id is not None:
            return frozenset((id,))
        if _PREFIX.fullmatch(text) is None:
            return None
        start = "" if text.upper() == "ALL" else text.upper()
        return frozenset(check.id for check in self.checks if check.id.startswith(start))

    def unknown(self, name: str) -> str:
        """What to say of a name that means no rule, with the nearest one that does."""
        from traefik_lint.checks.names import nearest_name

        close = nearest_name(name.strip().lower(), [check.name for check in self.checks])
        return f'there is no rule "{name}"' + (f', did you mean "{close}"?' if close else "")


class Selection:
    """The answer to "does this rule run, and does this finding count" for one run."""

    __slots__ = ("_conditional", "_folder", "_off", "_on", "_severities")

    def __init__(
        self,
        on: frozenset[str],
        severities: dict[str, Severity],
        conditional: tuple[tuple[frozenset[str], PathPatterns | None, str], ...],
        folder: str,
    ) -> None:
        self._on = on
        self._severities = severities
        self._conditional = conditional
        self._folder = folder

    def runs(self, rule: str) -> bool:
        """Whether the rule with this id runs."""
        return rule in self._on

    def severity(self, rule: str) -> Severity | None:
        """The severity that the settings give the rule, None to leave it as it is."""
        return self._severities.get(rule)

    def suppressed(self, finding: Finding) -> Suppressed | None:
        """Why the settings keep this finding from counting, None when they don't."""
        for rules, paths, reason in self._conditional:
            if finding.rule in rules and (paths is None or paths.matches(self._inside(finding.span.file))):
                return Suppressed("settings", reason)
        return None

    def _inside(self, file: SourceFile) -> str:
        real = file.real or os.path.abspath(file.path)
        return os.path.relpath(real, self._folder).replace(os.sep, "/")


def make_selection(
    book: RuleBook, settings: Settings, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> Selection:
    """Combine settings and flags; flags win: ``select`` replaces what the settings select and switch off.

    Of the rules selected, those that are ignored don't run, wherever either is said.
    Raises :class:`SettingsError` for a name that means no rule.
    """
    names = _Resolver(book)
    settings_on = names.all_of(settings.select) if settings.select else names.everything
    off = names.all_of(RuleName(text) for text in ignore)
    conditional = []
    settings_off: frozenset[str] = frozenset()
    for entry in settings.ignore:
        rules = names.all_of(entry.rules)
        if entry.switches_off:
            settings_off |= rules
        else:
            conditional.append((rules, entry.paths, entry.reason))
    severities: dict[str, Severity] = {}
    # The more exactly a rule is named, the later it is looked at, so that TL201 beats TL2.
    for name, severity in sorted(settings.severities, key=lambda pair: _exactness(pair[0].text)):
        severities.update(dict.fromkeys(names.of(name), severity))
    flags_on = names.all_of(RuleName(text) for text in select)
    names.raise_problems()
    on = (flags_on if select else settings_on - settings_off) - off
    return Selection(on, severities, tuple(conditional), settings.folder or os.getcwd())


def _exactness(name: str) -> int:
    return (
        len(name)
        if _PREFIX.fullmatch(name) and name.upper() != "ALL"
        else 0
        if name.upper() == "ALL"
        else 100
    )


class _Resolver:
    """Resolves rule names and collects those that mean nothing, to say them all at once."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._problems: list[SettingsProblem] = []
        self.everything = frozenset(check.id for check in book.checks)

    def of(self, name: RuleName) -> frozenset[str]:
        ids = self._book.ids(name.text)
        if ids is None:
            self._problems.append(SettingsProblem(self._book.unknown(name.text), name.span))
            return frozenset()
        return ids

    def all_of(self, names: Iterable[RuleName]) -> frozenset[str]:
        return frozenset(id for name in names for id in self.of(name))

    def raise_problems(self) -> None:
        if self._problems:
            raise SettingsError(self._problems)
