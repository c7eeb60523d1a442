"""The two forms as sheets of paper, filled in. Rows grow with what is written in them, as a word processor's do."""

from __future__ import annotations

import random

from PIL import Image

from tests.forms.generate import RISKS, TRIED
from tests.forms.pictured.pen import DOTS, HANDS, Habit, Sheet, wrapped
from tests.forms.pictured.people import Fill

_CHILD = (("child_surname", 112), ("child_first", 112), ("child_dob_shown", 72), ("school_last", 140))
_PROSE = "School should have carried out the following actions before referring to the Early Intervention Hub."


def memo(fill: Fill, habit: Habit, seed: int) -> list[Image.Image]:
    sheet = Sheet(habit, random.Random(seed))
    sheet.say(473, 61, "APPENDIX 1", 11, "arial bold")
    sheet.say(112, 81, "MISSING CHILDREN MEMO – Enquiries to administrator", 14, "arial bold")
    sheet.say(57, 113, "Please send to:", 10, "arial bold")
    sheet.say(57, 128, "The Administrator, Westmarch County Council, Third Floor, County Hall, Easthaven", 10)
    sheet.say(57, 143, "Email: missing.children@council.example", 10)
    low = _from(sheet, fill)
    top = low + 15
    below = _child(sheet, fill, top)
    _family(sheet, fill, below)
    return [sheet.picture]


def _asked(sheet: Sheet, x: float, base: float, label: str, value: str, bold: bool = False) -> float:
    return sheet.write(sheet.say(x, base, label, 10, "arial bold" if bold else "arial") + 3, base, value)


def _block(sheet: Sheet, x: float, base: float, label: str, value: str, width: float, bold: bool = False) -> float:
    """A label and the lines below it; gives the last base."""
    habit = sheet.habit
    start = sheet.say(x, base, label, 10, "arial bold" if bold else "arial") + 3
    step = 11.5 if not habit.hand else 15
    lines = wrapped(value, habit.face, habit.size * HANDS.get(habit.face, 1), width) if value else []
    for n, line in enumerate(lines):
        sheet.write(start if n == 0 else x, base + n * step, line)
    return base + step * max(0, len(lines) - 1)


def _from(sheet: Sheet, fill: Fill) -> float:
    sheet.say(57, 174, "Enquiry from –", 10, "arial bold")
    _asked(sheet, 57, 187, "Name:", fill["enq_name"])
    low = _block(sheet, 57, 201, "Address:", fill["enq_address"], 190)
    for base, label, key in ((174, "Telephone :", "enq_phone"), (191, "Fax: ", "enq_fax"), (209, "Email:", "enq_email"),
                             (226, "Date of Enquiry:", "enq_date_shown")):  # fmt: skip
        _asked(sheet, 303, base, label, fill[key])
    bottom = max(235, low + 8)
    sheet.table([51, 298, 533], [164, bottom])
    return bottom


def _child(sheet: Sheet, fill: Fill, top: float) -> float:
    sheet.say(57, top + 10, "Name of Child", 10, "arial bold")
    sheet.say(57, top + 24, "Surname", 10)
    sheet.say(182, top + 24, "First Name", 10)
    sheet.say(306, top + 10, "DOB", 10, "arial bold")
    sheet.say(388, top + 10, "School last attended", 10, "arial bold")
    size = sheet.habit.size * HANDS.get(sheet.habit.face, 1)
    texts = [wrapped(fill[k], sheet.habit.face, size, w) for k, w in _CHILD]  # fmt: skip
    rows = max(2, *(len(t) for t in texts))
    for x, text in zip((57, 181, 306, 388), texts, strict=True):
        for n, line in enumerate(text):
            sheet.write(x, top + 39 + 13 * n, line)
    first, second = top + 28, top + 29 + 13 * rows
    sheet.table([51, 301, 383, 533], [top, first])
    sheet.table([51, 176, 301, 383, 533], [first, second])
    _asked(sheet, 57, second + 10, "UPN No:", fill["upn"], bold=True)
    _sen(sheet, fill["sen"], second + 10)
    sheet.table([51, 298, 533], [second, second + 14])
    return second + 14


def _sen(sheet: Sheet, answer: str, base: float) -> None:
    x = sheet.say(303, base, "SEN:", 10, "arial bold") + 6
    if answer and sheet.habit.delete == "typed":
        sheet.write(x, base, answer.title())
        return
    for word in ("Yes", "/", "No"):
        meant = word.lower() == answer
        if meant and sheet.habit.delete == "marked":
            sheet.band(x - 1, base - 9, x + 18, base + 3, 205)
        end = sheet.say(x, base, word, 10)
        if answer and word != "/" and not meant and sheet.habit.delete == "struck":
            sheet.line(x - 1, base - 3, end + 1, base - 3, 0.8)
        if meant and sheet.habit.delete == "under":
            sheet.say(x + 0.3, base, word, 10)
            sheet.line(x, base + 1.5, end, base + 1.5, 0.8)
        x = end + 3


def _family(sheet: Sheet, fill: Fill, top: float) -> None:
    ys = [top]
    _asked(sheet, 57, top + 10, "Parent / Carer:", fill["parent"], bold=True)
    ys.append(top + 14)
    low = _block(sheet, 57, ys[-1] + 10, "Last known address:", fill["last_address"], 380, bold=True)
    ys.append(max(ys[-1] + 55, low + 8))
    low = _block(sheet, 57, ys[-1] + 10, "Address believed to have moved to:", fill["moved_to"], 380, bold=True)
    ys.append(max(ys[-1] + 81, low + 25))
    _asked(sheet, 57, ys[-1] - 4, "Local Authority:", fill["la"], bold=True)
    sheet.say(57, ys[-1] + 10, "Any other information, including last date of attendance:", 10, "arial bold")
    low = _block(sheet, 57, ys[-1] + 24, "", fill["other_info"], 440)
    ys.append(max(ys[-1] + 109, low + 10))
    sheet.table([51, 533], ys)


def hub(fill: Fill, habit: Habit, seed: int) -> list[Image.Image]:
    dice = random.Random(seed)
    return [_first(fill, Sheet(habit, dice)).picture, _second(fill, Sheet(habit, dice)).picture]


def _titled(sheet: Sheet, top: float, text: str) -> None:
    sheet.band(48, top, 536, top + 15, 220)
    sheet.table([48, 536], [top, top + 15])
    sheet.say(54, top + 10.5, text, 10.5, "arial bold")


def _field(sheet: Sheet, x: float, base: float, label: str, value: str, end: float) -> float:
    """A label and the dotted line to `end`, or what is written instead of it, over it, or before what is left of it."""
    at = sheet.say(x, base, label) + 3
    habit = sheet.habit
    if value and habit.hand:
        _leaders(sheet, at, base, end)
    done = sheet.write(at + (2 if habit.underlined else 0), base, value)
    if not value or (habit.dots and not habit.hand):
        _leaders(sheet, done if value else at, base, max(end, done + 25 if value else 0))
        done = max(end, done)
    return done


def _leaders(sheet: Sheet, x: float, base: float, end: float) -> None:
    while x < end - 9:
        x = sheet.say(x, base, "…")


def _two(text: str) -> tuple[str, str]:
    first, _, second = text.partition("\n")
    return first, second


def _first(fill: Fill, sheet: Sheet) -> Sheet:
    sheet.say(482, 60, "APPENDIX 2", 10, "arial bold")
    sheet.say(218, 80, "Early Intervention Hub", 15, "arial bold")
    sheet.say(158, 102, "Suspected Missing Pupil Referral Form", 15, "arial bold")
    sheet.say(151, 119, "Referrer please complete all sections of form as fully as possible", 9.5, "arial bold")
    sheet.say(
        76,
        133,
        "Please note: Referrals will only be accepted when accompanied by evidence of school based intervention",
    )
    _titled(sheet, 139, "PUPIL DETAILS")
    f = fill
    x = _field(sheet, 54, 167, "Surname", f["surname"], 255)
    x = _field(sheet, max(267, x + 8), 167, "NCY", f["ncy"], 335)
    _field(sheet, max(354, x + 8), 167, "UPN No.", f["upn"], 479)
    x = _field(sheet, 54, 183, "Other Surname(s) pupil may be known by", f["other_surnames"], 325)
    _field(sheet, max(366, x + 8), 183, "Date of birth", f["dob_shown"], 504)
    _field(sheet, 54, 200, "Forename(s)", f["forenames"], 347)
    x = sheet.say(366, 200, "Gender   Male ")
    x = sheet.say(sheet.box(x, 200, f["gender"] == "male") + 6, 200, "Female ")
    sheet.box(x, 200, f["gender"] == "female")
    one, two = _two(f["address"])
    _field(sheet, 54, 216, "Address", one, 470)
    _field(sheet, 51, 233, "", two, 470)
    for base, label, key, end in ((249, "Post Code", "postcode", 195), (266, "Current School", "current_school", 518),
                                  (282, "Previous School (If Known)", "previous_school", 512)):  # fmt: skip
        _field(sheet, 54, base, label, f[key], end)
    _titled(sheet, 303, "REFERRAL DETAILS")
    _field(sheet, 54, 330, "Referral Date", f["ref_date_shown"], 264)
    _field(sheet, 281, 330, "Referred by (name of Referrer)", f["ref_by"], 517)
    _field(sheet, 54, 347, "Phone No", f["ref_phone"], 269)
    _field(sheet, 281, 347, "Email Address", f["ref_email"], 514)
    _titled(sheet, 367, "PARENT/GUARDIAN/CARER DETAILS")
    sheet.say(54, 395, "Person(s) with whom the child lives.")
    for x, key in ((54, "p1"), (303, "p2")):
        _carer(sheet, x, {k.removeprefix(f"{key}_"): v for k, v in f.items() if k.startswith(key)})
    sheet.say(54, 560, "Other relevant Information / known family members:")
    size = sheet.habit.size * HANDS.get(sheet.habit.face, 1)
    for n, line in enumerate(wrapped(f["other_info"], sheet.habit.face, size, 440)):
        sheet.write(54, 577 + n * (17 if sheet.habit.hand else 12), line)
    return sheet


def _carer(sheet: Sheet, x: float, c: Fill) -> None:
    at = _field(sheet, x, 412, "Title:", c["title"], x + 50)
    _field(sheet, max(x + 57, at + 6), 412, "Surname:", c["surname"], x + 213)
    one, two = _two(c["address"])
    _field(sheet, x, 428, "Forename:", c["forename"], x + 218)
    _field(sheet, x, 445, "Address (if different)", one, x + 201)
    _field(sheet, x - 3, 461, "", two, x + 217)
    if not two:
        _leaders(sheet, x, 478, x + 75)
    _field(sheet, x + 77, 478, "Post Code:", c["postcode"], x + 200)
    _field(sheet, x, 494, "Home Phone:", c["home"], x + 202)
    _field(sheet, x, 511, "Mobile :", c["mobile"], x + 196)
    at = sheet.say(x, 527, "Parental Responsibility?  Yes ")
    at = sheet.say(sheet.box(at, 527, c["pr"] == "yes") + 6, 527, "No ")
    sheet.box(at, 527, c["pr"] == "no")
    _field(sheet, x, 544, "Relationship to Pupil", c["rel"], x + 202)


def _second(fill: Fill, sheet: Sheet) -> Sheet:
    _titled(sheet, 51, "INTERVENTION PREVIOUSLY TRIED BY SCHOOL")
    sheet.say(54, 79, _PROSE, 9.5, "arial bold")  # fmt: skip
    _field(sheet, 54, 96, "Child’s Name:", fill["int_name"], 302)
    _field(sheet, 337, 96, "Date of Birth:", fill["int_dob_shown"], 508)
    top = _tried(sheet, fill)
    sheet.say(54, top + 26, "Additional Information / Previous Concerns")
    size = sheet.habit.size * HANDS.get(sheet.habit.face, 1)
    lines = wrapped(fill["add_info"], sheet.habit.face, size, 440)
    for n, line in enumerate(lines):
        sheet.write(54, top + 43 + n * (17 if sheet.habit.hand else 12), line)
    _risk(sheet, fill, top + 89 + 12 * max(0, len(lines) - 2))
    return sheet


def _tried(sheet: Sheet, fill: Fill) -> float:
    sheet.say(54, 125, "(Tick Box)")
    sheet.table([48, 128, 394, 536], [116, 134])
    sheet.say(54, 144, "Yes")
    sheet.say(94, 144, "No")
    sheet.say(400, 144, "Dates", 9.5, "arial bold")
    ys, size = [134, 153.0], sheet.habit.size * HANDS.get(sheet.habit.face, 1)
    for n, question in enumerate(TRIED, 1):
        lines = wrapped(question, "arial", 9.5, 255)
        dates = wrapped(fill[f"q{n}_dates"], sheet.habit.face, size, 130)
        base = ys[-1] + 10
        for k, line in enumerate(lines):
            sheet.say(133, base + 11 * k, line)
        for k, line in enumerate(dates):
            sheet.write(400, base + 11 * k, line)
        if answer := fill[f"q{n}"]:
            sheet.tick(68 if answer == "yes" else 108, base + 1)
        ys.append(ys[-1] + max(18.5, 7 + 11 * max(len(lines), len(dates))))
    sheet.table([48, 88, 128, 394, 536], ys)
    return ys[-1]


def _risk(sheet: Sheet, fill: Fill, top: float) -> None:
    _titled(sheet, top, "INITIAL HEALTH AND SAFETY RISK ASSESSMENT")
    y = top + 30
    for x, word in ((54, "Activity"), (139, "Risk Posed"), (416, "Risk")):
        sheet.say(x, y + 9, word, 9.5, "arial bold")
    for x, word in ((320, "High"), (394, "Medium"), (468, "Low")):
        sheet.say(x, y + 28, word, 9.5, "arial bold")
    sheet.say(54, y + 46, "1. Home Visit")
    ys = [y + 37]
    other = "Other (please specify)" + (f": {fill['r_other']}" if fill["r_other"] else "")
    for n, risk in enumerate((*RISKS, other), 1):
        lines = wrapped(risk, "arial", 9.5, 172) if n < 7 or not sheet.habit.hand else ["Other (please specify)"]
        for k, line in enumerate(lines):
            sheet.say(139, ys[-1] + 9 + 11 * k, line)
        if n == 7 and sheet.habit.hand and fill["r_other"]:
            sheet.write(139, ys[-1] + 24, fill["r_other"])
            lines.append("")
        if level := fill[f"r{n}"]:
            sheet.tick({"high": 352, "medium": 425, "low": 499}[level], ys[-1] + 11)
        ys.append(ys[-1] + max(18.5, 7 + 11 * len(lines) + (5 if sheet.habit.hand and len(lines) > 1 else 0)))
    sheet.table([48, 134, 315, 536], [y, ys[0]])
    sheet.line(315, y + 19, 536, y + 19)
    for x in (389, 462):
        sheet.line(x, y + 19, x, ys[-1])
    sheet.table([133, 315, 389, 462, 536], ys)
    sheet.line(48, y, 48, ys[-1])
    sheet.line(48, ys[-1], 133, ys[-1])
    sheet.line(48, ys[0], 133, ys[0])


__all__ = ["DOTS", "hub", "memo"]
