"""A run of the outbox: claimed, sent outside of any transaction, finished; each channel for itself."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import random
from time import monotonic

import structlog

from notifications.delivery.circuits import TRIPPED
from notifications.delivery.claiming import Claimed, channel_or_none, claim, release
from notifications.delivery.finishing import Delivered, Ended, finish
from notifications.delivery.letters import Result, Sender
from recruit.record import Record

_LONGEST_RUN = 10  # seconds
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a run goes: `claimed` at once, `marked` at once.

    More than one marked at once is cheaper, and a crash repeats as many. `chance` and `steady` are where it
    draws the spread of the next tries, and measures what a lease has left.
    """

    base_url: str = ""
    claimed: int = 20
    marked: int = 1
    chance: Callable[[], float] = field(default=random)
    steady: Callable[[], float] = field(default=monotonic)


def deliver(
    record: Record, now: datetime, senders: Mapping[str, Sender], *, way: Way | None = None
) -> Delivered:
    """Send what is due by the channels that have a sender; what has none waits.

    A channel that hangs holds up no other one. A run starts no message after ten seconds: then the lease is
    long enough for the last one, and the next tick is not missed.
    """
    if not senders:
        return Delivered()
    chosen = way or Way()
    with ThreadPoolExecutor(max_workers=len(senders), thread_name_prefix="outbox") as pool:
        runs = [
            pool.submit(_Run(record, now, channel, sender, chosen).go) for channel, sender in senders.items()
        ]
    return sum((run.result() for run in runs), Delivered())


class _Run:
    """One channel's part of a run."""

    def __init__(self, record: Record, now: datetime, channel: str, sender: Sender, way: Way) -> None:
        self._record = record
        self._now = now
        self._channel = channel
        self._sender = sender
        self._way = way
        self._began = way.steady()
        self._failures = 0

    def go(self) -> Delivered:
        done = Delivered()
        channel = channel_or_none(self._record, self._channel, self._now)
        if channel is None:
            return done
        most = 1 if channel.is_probing else self._way.claimed
        while self._has_time() and self._failures < (1 if channel.is_probing else TRIPPED):
            claimed = claim(self._record, channel, self._moment(), limit=most, base_url=self._way.base_url)
            if not claimed:
                break
            done += self._send(claimed)
            most = self._way.claimed
        return done

    def _send(self, claimed: list[Claimed]) -> Delivered:
        done, ended = Delivered(), list[Ended]()
        for number, one in enumerate(claimed):
            if not self._has_time() or self._failures >= TRIPPED:
                release(self._record, claimed[number:])
                break
            result = self._tried(one)
            self._failures = self._failures + 1 if result.outcome == "failed" else 0
            ended.append(Ended(one, result, self._moment()))
            if len(ended) >= self._way.marked:
                done += self._finish(ended)
                ended = []
        return done + self._finish(ended)

    def _finish(self, ended: list[Ended]) -> Delivered:
        return finish(self._record, ended, chance=self._way.chance()) if ended else Delivered()

    def _tried(self, one: Claimed) -> Result:
        try:
            return self._sender.send(one.letter)
        except Exception as failed:  # noqa: BLE001 - whatever a sender meets, the others must not wait for it
            _log.error("sender_failed", message=one.id, channel=self._channel, error=type(failed).__name__)
            return Result("failed", type(failed).__name__)

    def _moment(self) -> datetime:
        return self._now + timedelta(seconds=self._way.steady() - self._began)

    def _has_time(self) -> bool:
        return self._way.steady() - self._began < _LONGEST_RUN
