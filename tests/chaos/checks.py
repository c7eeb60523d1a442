"""What must hold when the storm is over: nothing lost, nothing twice, what left twice recognisable."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.register.register import Register
from bot.register.unit import Snapshot
from tests.chaos.world import World


def wrongs(world: World) -> list[str]:
    """Each in a sentence; none when all is well."""
    with Register.open(world.home / "register.db") as register, register.read() as snapshot:
        return [*_mails(world, snapshot), *_cases(world, snapshot), *_events(snapshot), *_sent(world, snapshot)]


def _mails(world: World, snapshot: Snapshot) -> Iterator[str]:
    lying = world.lying()
    places = Counter(message_id for folder in lying.values() for message_id in folder)
    for message_id, kind in world.delivered.items():
        rows = snapshot.mails_by_message_id(message_id)
        if len(rows) != 1:
            yield f"the mail {message_id} ({kind}) is {len(rows)} times in the register"
        if places[message_id] != 1:
            yield f"the mail {message_id} ({kind}) lies {places[message_id]} times on the server"
    for left in lying.get("INBOX", []):
        yield f"the mail {left} was never moved"


def _cases(world: World, snapshot: Snapshot) -> Iterator[str]:
    referrals = sum(kind == "referral" for kind in world.delivered.values())
    rows = snapshot.cases()
    if len(rows) != referrals:
        yield f"{referrals} referrals made {len(rows)} cases"
    children = Counter((row.forenames, row.surname, row.date_of_birth) for row in rows)
    yield from (f"the child {who} has {n} cases" for who, n in children.items() if n > 1)


def _events(snapshot: Snapshot) -> Iterator[str]:
    referred: Counter[int] = Counter()
    for row in snapshot.cases():
        seen: Counter[tuple[object, ...]] = Counter()
        keys: Counter[str] = Counter()
        history = snapshot.history(row.ref)
        for event in history:
            if event.mail is not None:
                seen[event.mail, event.kind, json.dumps(dict(event.values), sort_keys=True, default=str)] += 1
                referred[event.mail] += event.kind == "referral.received"
            if key := event.values.get("ask") if event.kind == "ask.sent" else None:
                keys[str(key)] += 1
        yield from (f"{row.ref}: {what[1]} of mail {what[0]} is there {n} times" for what, n in seen.items() if n > 1)
        yield from (f"{row.ref}: the ask {key} was put {n} times" for key, n in keys.items() if n > 1)
        if [event.seq for event in history] != list(range(1, len(history) + 1)):
            yield f"{row.ref}: the history has a gap"
    yield from (f"mail {mail} is {n} referrals" for mail, n in referred.items() if n > 1)


def _sent(world: World, snapshot: Snapshot) -> Iterator[str]:
    copies = defaultdict(list)
    for taken in world.sink.taken:
        copies[taken.key].append(taken)
    for key, mails in copies.items():
        if snapshot.outbox(key) is None:
            yield f"a mail with the key {key} left that is not in the outbox"
        if any(not earlier.doubt for earlier in mails[:-1]):
            yield f"the mail {key} left {len(mails)} times, in the cycles {[m.cycle for m in mails]}, without any doubt"
        if len({mail.raw for mail in mails}) > 1:
            yield f"the copies of {key} differ: nobody could recognise them"
    for ref in ["", *(row.ref for row in snapshot.cases())]:
        for row in snapshot.outbox_of(ref):
            if row.state == "sent" and row.key not in copies:
                yield f"the mail {row.key} ({row.kind} to {row.address}) is written down as sent, and never arrived"
            if row.state == "held" and row.address and "refused" not in row.why:
                yield f"the mail {row.key} is held: {row.why}"


def doubled(world: World) -> int:
    """Mails that left more than once, each in doubt whether it had left."""
    return sum(n > 1 for n in Counter(taken.key for taken in world.sink.taken).values())
