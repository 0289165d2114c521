"""Count wrong recovery codes by address, in memory only."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

from e4j_server.errors import TooManyCodes

WRONG_CODES = 10
"""Wrong codes from one address within the window before it must wait."""

_WINDOW = 60.0
_MOST_ADDRESSES = 10_000


class WrongCodes:
    """Remember for a minute who tried wrong codes.

    Addresses stay in memory and are forgotten after the window, so nothing personal is stored;
    a restart forgets them early, which 80-bit codes can bear.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise `TooManyCodes` while an address has to wait.

        Right codes wait too: an answer would tell a guesser which code is right.
        """
        with self._lock:
            times = self._recent(address)
            if len(times) >= WRONG_CODES:
                raise TooManyCodes(retry_after=math.ceil(times[0] + _WINDOW - self._clock()))

    def add(self, address: str) -> None:
        """Count one wrong code."""
        with self._lock:
            times = self._recent(address)
            times.append(self._clock())
            self._times[address] = times
            self._times.move_to_end(address)
            while len(self._times) > _MOST_ADDRESSES or self._is_old(next(iter(self._times.values()))):
                self._times.popitem(last=False)

    def _recent(self, address: str) -> deque[float]:
        times = self._times.get(address, deque())
        while times and times[0] + _WINDOW <= self._clock():
            times.popleft()
        return times

    def _is_old(self, times: deque[float]) -> bool:
        return not times or times[-1] + _WINDOW <= self._clock()
