"""CPU seconds spent in some functions, each without what the others take that it calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from time import process_time
from typing import Any

#: An owner (class or module) and the name of one of its functions.
Place = tuple[Any, str]


class Spent:
    """A stack of what is going on; time counts for what is on top of it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = process_time()

    def _turn(self) -> None:
        now = process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Count for a name until the end."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def watching(*given: Any, **named: Any) -> Any:
            with self.within(name):
                return function(*given, **named)

        return watching


@contextmanager
def watching(places: Mapping[str, tuple[Place, ...]], rest: str) -> Iterator[Spent]:
    """Watch functions until the end; what none of them takes counts for `rest`."""
    spent, before = Spent(), []
    for name, functions in places.items():
        for owner, function in functions:
            before.append((owner, function, getattr(owner, function)))
            setattr(owner, function, spent._watched(name, getattr(owner, function)))
    try:
        with spent.within(rest):
            yield spent
    finally:
        for owner, function, given in before:
            setattr(owner, function, given)
