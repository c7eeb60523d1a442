"""The JSON of `cmebot read`: one object for each file, exactly as the contract in the documentation has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from parsers.reading import Attachment, FieldValue, MailReading, Problem, Referral, Roster


def reading_json(reading: MailReading, file: str) -> dict[str, Any]:
    """What a mail says. `file` is how the caller names it."""
    return {
        "file": file,
        "message": {
            "from": reading.sender.address if reading.sender else "",
            "subject": reading.subject,
            "date": reading.date.isoformat() if reading.date else None,
            "new_text": reading.new_text,
            "attachments": [_attachment(a) for a in reading.attachments],
            "concerns": [{"quote": c.quote, "why": c.why} for c in reading.concerns],
            "kind": reading.kind,
            "machine": reading.machine,
            "remarks": list(reading.remarks),
        },
        "referrals": [_referral(r) for r in reading.referrals],
        "rosters": [_roster(r) for r in reading.rosters],
    }


def document_json(
    referrals: Iterable[Referral], file: str, remarks: Iterable[str] = (), rosters: Sequence[Roster] = ()
) -> dict[str, Any]:
    """What a document that is no mail says. `remarks`: why it could not be read."""
    return {
        "file": file,
        "message": None,
        "referrals": [_referral(r) for r in referrals],
        "rosters": [_roster(r) for r in rosters],
        "remarks": list(remarks),
    }


def _referral(referral: Referral) -> dict[str, Any]:
    return {
        "form": referral.form,
        "fields": {name: _field(f) for name, f in referral.fields.items()},
        "problems": [_problem(p) for p in referral.problems],
    }


def _roster(roster: Roster) -> dict[str, Any]:
    rows = [
        {
            "n": row.n,
            "fields": {name: _field(f) for name, f in row.fields.items()},
            "problems": [_problem(p) for p in row.problems],
            "usable": row.usable,
        }
        for row in roster.rows
    ]
    return {"kind": roster.kind, "source": roster.source, "rows": rows, "remarks": list(roster.remarks)}


def _field(field: FieldValue) -> dict[str, Any]:
    return {
        "value": field.value,
        "raw": field.raw,
        "confidence": round(field.confidence, 3),
        "source": field.source,
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"field": problem.field, "problem": problem.problem}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.digest,
        "verdict": attachment.verdict,
    }
