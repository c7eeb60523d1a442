"""How each event changes a case. The fold is the only writer of a `Case`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from rules.calendar import LONDON
from rules.case import PATHWAY_BESIDE, Ask, Case, Occurrence, morning
from rules.history import Event, Party


def fold(history: Iterable[Event], required: Mapping[str, tuple[str, ...]] | None = None) -> Case:
    """The case that these events make. An undone event is not folded at all (a correction is an event)."""
    events = list(history)
    undone = {int(e.values["event"]) for e in events if e.kind == "undone"}
    case = Case(required=required or {}, undone=undone)
    for event in events:
        if event.seq not in undone:
            extend(case, event)
    return case


def extend(case: Case, event: Event) -> None:
    """One event more."""
    case.last, case.last_at = event.seq, event.recorded
    if case.opened is None:
        case.opened = event.received
    if (key := event.values.get("key")) and key not in case.done:
        case.done.add(key)
        if event.kind != "ask.chased":
            _acted(case, key)
    if event.by != "bot" or "fields" in event.values or "doubts" in event.values:
        _learn(case, event)
    if apply := _APPLY.get(event.kind):
        apply(case, event)
    _see(case, event, event.kind)


def _acted(case: Case, key: str) -> None:
    """Counts an action of a rule itself; what became of its ask (chases, escalations, a withdrawal) is not one."""
    parts = key.split("|")
    if parts[-1] in ("told", "joined"):
        parts.pop()
    if len(parts) == 3 and parts[1].isdigit():
        base = f"{parts[0]}|{parts[1]}"
    elif len(parts) == 2:
        base = parts[0]
    else:
        return
    case.acted[base] = case.acted.get(base, 0) + 1


def _see(case: Case, event: Event, name: str) -> None:
    at = event.received
    if event.happened is not None:
        at = event.happened if isinstance(event.happened, datetime) else morning(event.happened)
    seen = Occurrence(event.seq, at, event.received, case.pathway, event.values, event.by, event.role)
    case.seen.setdefault(name, []).append(seen)


def _learn(case: Case, event: Event) -> None:
    """Facts are what people say: the fields of a form, details given later, and the dotted values of answers."""
    values = event.values
    if event.by != "bot":
        case.facts |= {name: v for name, v in values.items() if "." in name and v not in (None, "")}
        first = event.kind in ("referral.received", "letter.received")
        placed = {n: values[n] for n in _PLACED if first and n not in case.facts and values.get(n) not in (None, "")}
        case.facts |= placed | {name: values[name] for name in _LATER if values.get(name) not in (None, "")}
        case.facts |= {
            f"{event.kind}.{name}": v for name, v in values.items() if isinstance(v, str) and "." not in name
        }
    fields = values.get("fields")
    if isinstance(fields, Mapping):
        known = {name: v for name, v in fields.items() if v not in (None, "")}
        case.facts |= known
        for name in known:
            case.doubts.pop(name, None)
    if isinstance(values.get("doubts"), Mapping):
        case.doubts |= {name: v for name, v in values["doubts"].items() if name not in case.facts}


# What intake finds in the directory: where the child was last known stands with the referral, and stays.
_PLACED = ("school", "hub", "district", "in-county", "form", "referred-by", "referrer", "unproved")
_LATER = ("authority", "worker", "other-school", "card-left", "neighbours")


def _sent(case: Case, event: Event) -> None:
    v = event.values
    ask = Ask(
        id=v["ask"], mail=v["mail"], question=v["question"], party=Party(v["of"], v.get("which", "")), rule=v["rule"],
        cite=v["cite"], seq=event.seq, trigger=v["trigger"], asked=event.recorded,
        due=datetime.fromisoformat(v["due"]).astimezone(LONDON),
        overdue=datetime.fromisoformat(v["overdue"]).astimezone(LONDON),
        root=v.get("root") or v["ask"], escalated=bool(v.get("root")), last_sent=event.recorded,
    )  # fmt: skip
    case.asks[ask.id] = ask


def _chased(case: Case, event: Event) -> None:
    ask = case.asks.get(event.values["ask"])
    if ask:
        # The others of its mail may have been reminded of before: no reminder has the number of another.
        ask.chased, ask.last_sent = max(ask.chased + 1, event.values.get("n", 0)), event.recorded


def _overdue(case: Case, event: Event) -> None:
    ask = case.asks.get(event.values["ask"])
    if ask and ask.state == "open":
        ask.state = "overdue"
        _see(case, event, f"overdue:{ask.question}")


def _exhausted(case: Case, event: Event) -> None:
    ask = case.asks.get(event.values["ask"])
    if ask and ask.waits:
        ask.state, ask.over = "exhausted", not event.values.get("passes", True)
        _see(case, event, f"exhausted:{ask.question}")
        _close_round(case, event, ask.question)


def _answered(case: Case, event: Event) -> None:
    """An answer to an ask answers the whole chain of its escalations."""
    ask = case.asks.get(event.values["ask"])
    if ask is None or ask.state == "withdrawn":
        return
    was_open = False
    for one in case.asks.values():
        if one.root == ask.root and one.state != "withdrawn":
            was_open = was_open or one.waits
            one.state, one.over, one.ended_by = "answered", True, str(event.values.get("answer", ""))
    if was_open:
        _close_round(case, event, ask.question)


def _withdrawn(case: Case, event: Event) -> None:
    ask = case.asks.get(event.values["ask"])
    if ask is None:
        return
    ask.state, ask.over, ask.ended_by = "withdrawn", True, str(event.values.get("why", ""))
    if event.values.get("undone") or event.values.get("trigger") in case.undone:
        # It counts as never sent and may fall due again, under a key that this withdrawal makes new.
        case.again[ask.mail.partition("~")[0]] = event.seq
    if ask.ended_by == "corrected" and any(_counted(one) for one in case.asks.values() if one.question == ask.question):
        _close_round(case, event, ask.question)  # The others were asked for good, and may all have answered.


def _counted(ask: Ask) -> bool:
    return ask.state in ("answered", "exhausted")


def _escalated(case: Case, event: Event) -> None:
    """The next person has it: what of the chain had its last reminder is done with."""
    for ask in case.asks.values():
        if ask.root == event.values["ask"] and ask.state == "exhausted":
            ask.over = True


def _joined(case: Case, event: Event) -> None:
    if (ask := case.asks.get(event.values.get("ask", ""))) and ask.state == "exhausted":
        ask.over = True
    _close_round(case, event, event.values["question"])


def _close_round(case: Case, event: Event, question: str) -> None:
    if not case.open_asks(question):
        _see(case, event, f"closed:{question}")


def _opened(case: Case, event: Event) -> None:
    pathway = str(event.values["pathway"])
    if pathway == PATHWAY_BESIDE:
        case.concern = True
        return
    if case.pathway:
        case.left[case.pathway] = event.recorded
    case.pathway = pathway


def _imported(case: Case, event: Event) -> None:
    """A case that is under way: its pathway is not opened anew, which would ask everything from the beginning."""
    case.pathway = str(event.values.get("pathway") or case.pathway)


def _concern(case: Case, event: Event) -> None:
    case.concern = True


def _safeguarding(case: Case, event: Event) -> None:
    if event.values.get("is-safeguarding") == "yes":
        case.concern = True


def _closed(case: Case, event: Event) -> None:
    case.closed, case.outcome = event.recorded, str(event.values.get("outcome", ""))


def _reopened(case: Case, event: Event) -> None:
    case.closed, case.outcome = None, ""


def _corrected(case: Case, event: Event) -> None:
    case.facts[str(event.values["field"])] = event.values["to"]
    case.doubts.pop(str(event.values["field"]), None)


def _visited(case: Case, event: Event) -> None:
    """A visit without a date: the day of the mail."""
    if not event.values.get("visit.date"):
        case.facts["visit.date"] = event.received.astimezone(LONDON).date().isoformat()


def _referred(case: Case, event: Event) -> None:
    case.facts.setdefault("referral.arrived", event.received.astimezone(LONDON).date().isoformat())


_APPLY: Mapping[str, Callable[[Case, Event], None]] = {
    "ask.sent": _sent,
    "ask.chased": _chased,
    "ask.overdue": _overdue,
    "ask.exhausted": _exhausted,
    "ask.answered": _answered,
    "ask.withdrawn": _withdrawn,
    "ask.joined": _joined,
    "ask.escalated": _escalated,
    "pathway.opened": _opened,
    "case.imported": _imported,
    "concern.raised": _concern,
    "safeguarding.agreed": _safeguarding,
    "closed": _closed,
    "reopened": _reopened,
    "fact.corrected": _corrected,
    "visit.no-response": _visited,
    "visit.left-address": _visited,
    "visit.at-address": _visited,
    "referral.received": _referred,
    "letter.received": _referred,
}
