"""A bounded mapping for what is dear to make: parsed documents, compiled plans."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, `most` of them: a segmented LRU.

    What was asked for only once may fill a quarter of it, so that a flood of keys that never come
    again pushes out nothing that is in use.
    """

    def __init__(self, most: int) -> None:
        self._once: OrderedDict[K, V] = OrderedDict()
        self._again: OrderedDict[K, V] = OrderedDict()
        self._most_once = max(most // 4, 1)
        self._most_again = most - self._most_once

    def __len__(self) -> int:
        return len(self._once) + len(self._again)

    def find(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, made where it is not there."""
        if key in self._again:
            self._again.move_to_end(key)
            return self._again[key]
        if key in self._once:
            value = self._again[key] = self._once.pop(key)
            if len(self._again) > self._most_again:
                self._keep_once(*self._again.popitem(last=False))
            return value
        value = make()
        self._keep_once(key, value)
        return value

    def _keep_once(self, key: K, value: V) -> None:
        self._once[key] = value
        if len(self._once) > self._most_once:
            self._once.popitem(last=False)
