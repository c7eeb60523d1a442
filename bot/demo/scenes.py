"""The four cases of the demo, as what people write and when. All names, addresses and numbers are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BARDWELL, THORNBURY = "office@bardwell-hill.example", "office@thornbury.example"
WINDRUSH, RIDGEWAY = "office@windrush.example", "office@ridgeway.example"


@dataclass(frozen=True, slots=True)
class Form:
    """A school sends a form: `hub` as a Word file to the Hub, `memo` typed into a mail."""

    at: str
    sender: str
    box: str
    kind: str
    fields: Mapping[str, str]
    text: str = "Dear team,\n\nPlease find our referral.\n"


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody writes a mail of plain words."""

    at: str
    sender: str
    text: str
    box: str = "missing.pupils"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whoever was asked `question` (at an address that begins so) answers in the thread of case number `case`."""

    at: str
    case: int
    question: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody writes; time passes."""

    until: str


Scene = Form | Words | Answer | Wait


_TOMASZ = {
    "child.surname": "Wilk-Harper", "child.forenames": "Tomasz", "child.date_of_birth": "14/06/2015",
    "child.gender": "Male", "child.year_group": "6", "child.upn": "",
    "address.last_known": "8 Quarry Steps, Banbury", "address.postcode": "OX16 9ZZ",
    "school.current": "Bardwell Hill Academy", "referral.date": "10 September 2026",
    "referrer.name": "Mr P. Lovegrove", "referrer.telephone": "01632 960417", "referrer.email": BARDWELL,
    "carer_1.title": "Mrs", "carer_1.surname": "Wilk-Harper", "carer_1.forename": "Danuta",
    "carer_1.mobile": "07700 900417", "carer_1.relationship": "Mother",
    "intervention.contacted_parents": "yes", "intervention.contacted_parents_dates": "7/9, 8/9, 9/9",
    "intervention.phoned_named_contacts": "yes", "intervention.phoned_named_contacts_dates": "8/9",
    "intervention.asked_professionals": "no",
    "information.other": "First day of absence: 7 September 2026. He has an aunt in the Midlands.",
    "risk.aggressive_parent": "low",
}  # fmt: skip
_ADAEZE = {
    **_TOMASZ, "child.surname": "Nwosu-Blake", "child.forenames": "Adaeze", "child.gender": "Female",
    "child.date_of_birth": "2 February 2013", "child.year_group": "9", "address.last_known": "3 Cotton Row, Oxford",
    "address.postcode": "OX4 9ZY", "school.current": "Windrush Community College", "referrer.name": "Ms R. Attwater",
    "referrer.email": WINDRUSH, "referrer.telephone": "01632 960502", "referral.date": "14 September 2026",
    "carer_1.surname": "Nwosu-Blake", "carer_1.forename": "Ify", "carer_1.mobile": "07700 900502",
    "intervention.contacted_parents_dates": "9/9, 10/9, 11/9", "intervention.phoned_named_contacts_dates": "10/9",
    "information.other": "First day of absence 9 September 2026.",
}  # fmt: skip
_ELLIS = {
    "referrer.name": "Mrs H. Quill", "referrer.address": "The Thornbury Free School, Wallingford",
    "referrer.telephone": "01632 960633", "referrer.email": THORNBURY, "referral.date": "15 September 2026",
    "child.surname": "Marchetti", "child.forenames": "Ellis", "child.date_of_birth": "", "child.sen": "No",
    "school.last_attended": "The Thornbury Free School", "carers": "Mr Guido Marchetti",
    "address.last_known": "41 Ferry Lane, Wallingford OX10 9ZX",
    "information.other": "Last attended 17 July 2026. Did not come back after the summer.",
}  # fmt: skip

SCENES: tuple[Scene, ...] = (
    # One: from the Hub to tracking, and found in Leicester.
    Form("2026-09-10T09:12", BARDWELL, "hub.north", "hub", _TOMASZ),
    Answer("2026-09-10T10:40", 1, "on-roll-elsewhere", "Hi, not on roll anywhere else that we can see. Thanks, Bev"),
    Answer("2026-09-10T11:30", 1, "allocate-worker", "Please give this to hub.worker.north@council.example"),
    Answer(
        "2026-09-11T15:20", 1, "home-visit",
        "No response, card left, neighbours not seen them since Friday.\n\nSent from my phone",
    ),
    # Two: solved at the visit.
    Form("2026-09-14T09:05", WINDRUSH, "hub.city", "hub", _ADAEZE),
    Answer("2026-09-14T10:10", 2, "on-roll-elsewhere", "1"),
    Answer("2026-09-14T13:00", 2, "allocate-worker", "hub.worker.city@council.example please"),
    # Three: the date of birth is missing; the school supplies it by reply.
    Form("2026-09-15T08:50", THORNBURY, "missing.pupils", "memo", _ELLIS, ""),
    Answer("2026-09-15T09:40", 3, "missing-details", "So sorry! Ellis's date of birth is 3 May 2016."),
    Answer("2026-09-15T11:15", 3, "database-check", "Found on Capita at a new school: Ridgeway Junior School"),
    Answer("2026-09-15T15:30", 2, "home-visit", "Adaeze is at home with her mum, too anxious to go to school."),
    Answer("2026-09-15T15:34", 2, "confirm", "Yes"),
    Answer("2026-09-15T16:00", 3, "conclude", "Traced, Ridgeway Junior School, since 2 September"),
    Answer("2026-09-15T16:05", 3, "confirm", "yes, that's right"),
    # One goes on: two working days after the visit.
    Answer(
        "2026-09-16T10:05", 1, "cme-referral",
        "Please treat this as the CME referral. Discussed with social care: not a safeguarding matter at present.",
    ),
    Answer("2026-09-16T11:20", 1, "database-check", "Nothing on the database."),
    # Four: a serious concern, in the evening.
    Words(
        "2026-09-16T19:40", RIDGEWAY,
        "Sorry to write so late. Wren Abbotsley in Y5 was not in today and nobody answers. Yesterday she told a friend "
        "that she is frightened to go home because her stepfather hits her with a belt.",
    ),
    Answer("2026-09-17T09:20", 4, "database-check", "Accepted. Nothing on the database.", "tracking.officer"),
    Answer("2026-09-17T09:30", 1, "agency-enquiry", "No trace on our systems.", "enquiries@police"),
    Answer(
        "2026-09-17T10:15", 4, "agency-enquiry",
        "Seen this morning by our duty worker at her aunt's, 4 Mill Row, Wallingford OX10 9ZW.", "assessment.teams",
    ),
    Answer("2026-09-17T11:10", 1, "agency-enquiry", "Thank you, logged. Our ref 20931.", "enquiries@health"),
    Answer("2026-09-17T16:10", 4, "conclude", "Close it as returned. Social care have the case; back on Monday."),
    Answer("2026-09-17T16:12", 4, "confirm", "Yes", "tracking.officer"),
    Answer("2026-09-18T10:00", 1, "agency-enquiry", "Not known to us.", "assessment.teams"),
    Answer("2026-09-18T14:00", 1, "agency-enquiry", "no trace, sorry", "enquiries@youth-offending"),
    Answer("2026-09-21T10:00", 1, "agency-enquiry", "We have no record of this family.", "enquiries@health"),
    Wait("2026-10-09T12:00"),
    Answer("2026-10-09T14:00", 1, "s2s-message", "Posted on S2S today"),
    Answer("2026-10-13T10:30", 1, "s2s-message", "Leicester say that he is at a school of theirs"),
    Answer("2026-10-14T11:00", 1, "place-confirmed", "Yes, started at Fosse Lane Primary on 5 October 2026."),
    Answer("2026-10-14T11:06", 1, "confirm", "Yes", "cme@leicester"),
    Answer("2026-10-14T14:20", 1, "conclude", "Traced at Fosse Lane Primary, Leicester, since 5 October 2026"),
    Answer("2026-10-14T14:25", 1, "confirm", "Yes", "tracking.officer"),
    Wait("2026-10-15T07:00"),
)  # fmt: skip
