"""TL414: a rate limit without a burst, so slow that the second request is refused.

`burst` is 1 unless it is set (R-176): with an average of 6 a minute a request passes every ten seconds, not six at
once. A page with its images is many requests.
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.duration import parse_duration
from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime

_SECOND = 10**9


@check("TL414", "rate-limit-without-burst", severity="warning")
def rate_limit_without_burst(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        options = middleware.options
        average = options.value("average") if middleware.type == "rateLimit" and options is not None else None
        if options is None or average is None or not average.known or not isinstance(average.data, int):
            continue
        burst = options.value("burst")
        if average.data <= 0 or (burst is not None and (not burst.known or burst.data != 1)):
            continue
        period = _period(options)
        if period is None or average.data * _SECOND >= period:
            continue  # one a second and more is how APIs are limited on purpose
        apart = period / average.data / _SECOND
        yield finding(
            burst or average,
            f"without burst one request passes and the next only {apart:.3g} s later, not {average.data} at once: "
            "others get 429",
            hint=f"set burst to the number of requests that may come at once, such as {max(average.data, 2)}",
            related=[(middleware, quoted(middleware.name))],
        )


def _period(options: Element) -> int | None:
    """The period in nanoseconds; None when it can't be told."""
    value = options.value("period")
    if value is None:
        return _SECOND
    if not value.known:
        return None
    if isinstance(value.data, int):
        return value.data
    try:
        return parse_duration(value.text)
    except GoError:
        return None
