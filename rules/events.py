"""The events that come about without a question of the pack: what people send of themselves, and what we note."""

ARRIVE = frozenset({
    "referral.received", "referral.joined", "letter.received", "concern.raised", "removal.reported",
    "abroad.reported", "no-show.reported", "exclusion.reported", "home-education.reported", "moved-in.reported",
    "leaver.listed", "rising-five.listed", "police.listed", "on-roll.listed", "list.received",
    "parents.made-contact", "child.returned", "child.traced", "child.found", "referral.withdrawn",
    "worker.allocated", "close", "query", "not-mine", "need-time", "acknowledged", "fact.corrected", "undone",
    "reopened", "bounced", "auto-replied", "answer.proposed", "match.proposed", "merge", "split", "case.linked",
    "remind", "hold", "chasing.stopped",
    "ask.again",
})  # fmt: skip
"""docs/reference/words.md: what arrives without being asked, what anyone asked may answer, what officers order."""

LISTED = frozenset({
    "list.read", "list.doubts", "list.missed", "leavers.asked", "rising-fives.asked", "row.opened", "row.withdrawn",
    "rows.unanswered", "destination.known", "destination.unknown", "destination.unanswered", "not-our-pupil",
})  # fmt: skip
"""What comes of a list, of a question about its rows, and of one row (4.5, 4.7, 8.1)."""

LASTING = frozenset({
    "undone", "concern.raised", "reply.unclear", "reply.refused", "reply.late", "reply.noted", "query",
    "command.refused", "referral.received", "letter.received", "answer.proposed", "confirmed",
})  # fmt: skip
"""What is not taken back by a word: an alarm, a referral, and the notes of what was written."""

NOTED = frozenset({
    "ask.sent", "ask.chased", "ask.overdue", "ask.answered", "ask.exhausted", "ask.escalated", "ask.withdrawn",
    "ask.joined", "pathway.opened", "told", "closed", "earlier.linked", "note.added", "reply.late", "reply.noted",
    "reply.unclear", "reply.refused", "command.refused",
})  # fmt: skip
"""What we write down of our own doing."""
