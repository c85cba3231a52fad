"""A bounded mapping for what is dear to make: parsed documents, compiled plans, answers."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Segment(OrderedDict[K, V]):
    """Values in the order of their last use; `room` is the weight that may be added."""

    def __init__(self, room: int, weight: Callable[[V], int]) -> None:
        super().__init__()
        self._room = room
        self._weight = weight

    def put(self, key: K, value: V) -> list[tuple[K, V]]:
        """Add a value, the key being new; gives what had to go for it, the oldest first."""
        self[key] = value
        self._room -= self._weight(value)
        gone = []
        while self._room < 0:
            gone.append(self.popitem(last=False))
            self._room += self._weight(gone[-1][1])
        return gone

    def take(self, key: K) -> V | None:
        """Remove and give the value, where there is one."""
        value = self.pop(key, None)
        if value is not None:
            self._room += self._weight(value)
        return value


class Kept(Generic[K, V]):
    """Values by key, of `most` together by `weight`; by default that is how many: a segmented LRU.

    What was asked for only once may fill a quarter of it, so that a flood of keys that never come
    again pushes out nothing that is in use. No value is None.
    """

    def __init__(self, most: int, weight: Callable[[V], int] = lambda value: 1) -> None:
        once = max(most // 4, 1)
        self._once: _Segment[K, V] = _Segment(once, weight)
        self._again: _Segment[K, V] = _Segment(most - once, weight)

    def __len__(self) -> int:
        return len(self._once) + len(self._again)

    def get(self, key: K) -> V | None:
        """The value of `key`, where it is kept."""
        value = self._again.get(key)
        if value is not None:
            self._again.move_to_end(key)
            return value
        value = self._once.take(key)
        if value is not None:
            for pushed_out in self._again.put(key, value):
                self._once.put(*pushed_out)
        return value

    def keep(self, key: K, value: V) -> None:
        """Keep `value`, in place of what `key` has."""
        self._again.take(key)
        self._once.take(key)
        self._once.put(key, value)

    def find(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, made where it is not there."""
        value = self.get(key)
        if value is None:
            value = make()
            self.keep(key, value)
        return value
