"""The variables of a project put into its trees."""

from __future__ import annotations

from traefik_lint.model.compose import ComposeProblem
from traefik_lint.readers.compose.interpolation import Fault, interpolate, swallowed_hash
from traefik_lint.readers.derived import settled
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar, Sequence

#: Deeper than this nothing is replaced: no option that matters lies so deep.
MAX_DEPTH = 100


class Variables:
    """Values by name, and the names that were already warned about.

    The environment of this process is not among them: the same files give the same findings.
    """

    def __init__(self, values: dict[str, str], warned: set[str]) -> None:
        self.values = values
        self._warned = warned

    def replace(self, root: Node, problems: list[ComposeProblem]) -> Node:
        """The tree with all variables in values replaced (keys stay as they are, C-040)."""
        if "$" not in root.file.text:
            return root
        done: dict[int, Node] = {}
        return self._replaced(root, problems, done, 0)

    def scalar(self, scalar: Scalar, problems: list[ComposeProblem]) -> Scalar:
        """One scalar with its variables replaced."""
        if "$" not in scalar.value:
            return scalar
        result, faults = interpolate(scalar, self.values.get)
        if faults:
            problems.extend(self._problems(scalar, faults))
        if result is not scalar and result.style == "plain":
            # A replaced text stays a text, even if it looks like a number now.
            result.style = "interpolated"
        return result

    def _replaced(
        self, node: Node, problems: list[ComposeProblem], done: dict[int, Node], depth: int
    ) -> Node:
        if isinstance(node, Scalar):
            if "$" not in node.value:
                return node
            known = done.get(id(node))
            if known is None:
                known = done[id(node)] = self.scalar(node, problems)
            return known
        if depth == MAX_DEPTH:
            return node
        known = done.get(id(node))
        if known is not None:
            return known
        result = node
        if isinstance(node, Mapping):
            entries = []
            changed = False
            for entry in node.entries:
                value = self._replaced(entry.value, problems, done, depth + 1)
                if value is not entry.value:
                    changed = True
                    entry = Entry(entry.key, value, entry.via)  # noqa: PLW2901
                entries.append(entry)
            if changed:
                result = Mapping(node.file, node.start, node.end, entries, node.tag)
        elif isinstance(node, Sequence):
            items = [self._replaced(item, problems, done, depth + 1) for item in node.items]
            if any(new is not old for new, old in zip(items, node.items, strict=True)):
                result = Sequence(node.file, node.start, node.end, items, node.tag)
        done[id(node)] = result
        return result

    def _problems(self, scalar: Scalar, faults: tuple[Fault, ...]) -> list[ComposeProblem]:
        found: list[ComposeProblem] = []
        scalar = settled(scalar)
        swallowed = swallowed_hash(scalar.value, faults)
        if swallowed is not None:
            begin, end = swallowed
            text = scalar.value[begin:end]
            message = f'compose takes parts of the hash "{text}" for variables, and they become empty'
            doubled = text.replace("$", "$$")
            found.append(
                ComposeProblem("unescaped-dollar", message, scalar.sub(begin, end), f'write "{doubled}"')
            )
        for fault in faults:
            if fault.kind != "invalid" and (swallowed is not None or fault.name in self._warned):
                continue
            span = scalar.sub(fault.begin, fault.end)
            if fault.kind == "invalid":
                message = f'"{fault.name}" is no variable that compose can replace: it refuses the file'
                found.append(
                    ComposeProblem("interpolation", message, span, f'write "${fault.name}"', file_lost=True)
                )
            else:
                self._warned.add(fault.name)
                if fault.kind == "required":
                    message = f'the variable "{fault.name}" is required and set nowhere in the files'
                    found.append(ComposeProblem("required-variable", message, span))
                else:
                    message = (
                        f'the variable "{fault.name}" is set nowhere in the files: compose makes it empty'
                    )
                    hint = f"set {fault.name} in .env, or give a default: ${{{fault.name}:-…}}"
                    found.append(ComposeProblem("unset-variable", message, span, hint))
        return found
