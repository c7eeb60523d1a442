"""Made-up children and how schools write them down: any number of fills of the two forms, with what must be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from parsers.values.upn import check_letter
from parsers.values.year_group import expected
from tests.forms.filled import NO_CARER

WRITTEN = date(2014, 11, 18)

FORENAMES = (
    "Anneliese", "Bram", "Caoimhe", "Dáithí", "Esmé", "Fadumo", "Gwenllian", "Hüseyin", "Ifan", "Jadwiga", "Kwabena",
    "Leocadia", "Mbali", "Nikolaos", "Oriane", "Perpetua", "Quillon", "Rhydian", "Søren", "Thandeka", "Ulrich",
    "Vytautas", "Wilhelmina", "Xanthe", "Yolanda Mae", "Zsófia", "Al-Amin", "Jean-Luc", "Mary Ann", "T'Pau",
)  # fmt: skip
SURNAMES = (
    "Abernethy", "Błaszczyk", "Castellanos-Reyes", "de la Fontaine", "Etxeberria", "FitzWilliam", "Gwynne",
    "Hollingbery",
    "Iwuagwu", "Jankauskas", "Kowalczuk", "Llewelyn-Bowes", "McAllister", "N'Diaye", "O'Shaughnessy", "Pfeiffer",
    "Quansah", "Rasmussen", "St John", "Tchaikovska", "Ui Neill", "van den Berg", "Wójcik", "Ximenes", "Yılmaz",
    "Zborowski",
)  # fmt: skip
STREETS = (
    "Tanner's Row",
    "Quarry Lane",
    "St Brannock Street",
    "The Paddocks",
    "Wharf Cottages",
    "Mill Hill",
    "Dock Road",
)
TOWNS = ("Easthaven", "Netherby", "Brightsea", "Long Marling", "Port Ennis")
SCHOOLS = (
    "Saltmarsh Primary School", "Harbour Road Academy", "St Brannock's R.C. Primary", "Netherby C of E (VA) School",
    "The Long Marling Free School", "King Alfred's", "Brightsea High School & Sixth Form",
)  # fmt: skip
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Rev.")
RELATIONS = ("Mother", "Father", "Step-father", "Grandmother", "Foster carer", "Aunt (mother's sister)")
SENTENCES = (
    "Last attended {day}.", "Mum said on the phone that they were going to stay with family.",
    "No answer at the door on {day}.",
    "The school wrote home twice, first on {day}; nothing came back.",
    "Neighbours have not seen the family for a week.",
    "An older brother is at another school; his address is the same.", "Attendance was 83% until half term.",
    "Her friends think that she has moved, but the telephone still rings.", "Dad's mobile is switched off.",
    "Nothing is known of a previous school.",
)  # fmt: skip
LEVELS = ("High", "Medium", "Low")


@dataclass(frozen=True, slots=True)
class Fill:
    """`values` go into `generate.memo` or `generate.hub`; `truth` is what each field of the form must be read as, ""
    for one left blank."""

    form: str
    values: dict[str, Any]
    truth: dict[str, str]


def memo_fill(number: int) -> Fill:
    """The memo (Appendix 1) of the child of that number."""
    rng = Random(f"memo {number}")
    some = _Some(rng)
    born = some.birthday()
    surname, first, school = some.name(SURNAMES), some.name(FORENAMES), rng.choice(SCHOOLS)
    on = WRITTEN - timedelta(days=rng.randrange(0, 20))
    sen = rng.choice(("Yes", "No", ""))
    v = {
        "name": some.adult(), "address": some.maybe(lambda: f"{school}\n{some.street()}, {some.town()}"),
        "telephone": some.landline(), "fax": some.maybe(some.landline, 0.2), "email": some.email(),
        "date": some.date(on), "surname": surname, "first": first, "dob": some.date(born), "school": school,
        "upn": some.maybe(lambda: some.upn(born), 0.7), "sen": sen,
        "carer": some.maybe(lambda: some.adult() + rng.choice(("", f" and {some.adult()}")), 0.9),
        "last": f"{some.street()}\n{some.town()}\n{some.postcode()}",
        "moved": some.maybe(lambda: f"{some.street()}\n{some.town()} {some.postcode()}", 0.5),
        "authority": some.maybe(lambda: f"{some.town()} City Council", 0.4), "other": some.story(),
    }  # fmt: skip
    names = {
        "name": "referrer.name", "address": "referrer.address", "telephone": "referrer.telephone",
        "fax": "referrer.fax",
        "email": "referrer.email", "surname": "child.surname", "first": "child.forenames",
        "school": "school.last_attended",
        "upn": "child.upn", "carer": "carers", "last": "address.last_known", "moved": "address.moved_to",
        "authority": "address.local_authority", "other": "information.other",
    }  # fmt: skip
    truth = {field: v[key] for key, field in names.items()}
    truth |= {"referral.date": on.isoformat(), "child.date_of_birth": born.isoformat(), "child.sen": sen.lower()}
    return Fill("cme-referral", v, truth)


def hub_fill(number: int) -> Fill:
    """The Hub's form (Appendix 2) of the child of that number."""
    rng = Random(f"hub {number}")
    some = _Some(rng)
    born = some.birthday()
    on = WRITTEN - timedelta(days=rng.randrange(0, 20))
    year = expected(born, WRITTEN)
    carers = (_carer(some), _carer(some) if rng.random() < 0.5 else NO_CARER)
    v: dict[str, Any] = {
        "surname": some.name(SURNAMES), "year": some.maybe(lambda: rng.choice(("{}", "Year {}",
        "Y{}")).format(year), 0.9),
        "upn": some.maybe(lambda: some.upn(born), 0.7), "others": some.maybe(lambda: some.name(SURNAMES), 0.2),
        "dob": some.date(born), "forenames": some.name(FORENAMES), "gender": rng.choice(("Male", "Female", "")),
        "address": (some.street(), some.town()), "postcode": some.maybe(some.postcode, 0.9),
        "current": rng.choice(SCHOOLS), "previous": some.maybe(lambda: rng.choice(SCHOOLS), 0.4),
        "referred": some.date(on), "by": some.adult(), "phone": some.landline(), "email": some.email(),
        "carers": carers, "family": some.maybe(some.story, 0.6),
        "tried": tuple(_tried(some) for _ in range(3)), "concerns": some.maybe(some.story, 0.6),
        "risks": tuple(rng.choice((*LEVELS, "")) for _ in range(6)), "other_risk": "", "other_text": "",
    }  # fmt: skip
    if rng.random() < 0.4:
        v |= {"other_risk": rng.choice(LEVELS), "other_text": "Large dog in the yard"}
    return Fill("hub-referral", v, _hub_truth(v, born, on, str(year) if v["year"] else ""))


def _carer(some: _Some) -> dict[str, Any]:
    elsewhere = some.rng.random() < 0.4
    return {
        "title": some.rng.choice(TITLES), "surname": some.name(SURNAMES), "forename": some.name(FORENAMES),
        "address": (some.street(), some.town()) if elsewhere else ("", ""),
        "postcode": some.postcode() if elsewhere else "", "home": some.maybe(some.landline, 0.5),
        "mobile": some.maybe(some.mobile, 0.8), "responsible": some.rng.choice(("Yes", "No", "")),
        "relation": some.rng.choice(RELATIONS),
    }  # fmt: skip


def _tried(some: _Some) -> tuple[str, str]:
    answer = some.rng.choice(("Yes", "Yes", "No", ""))
    days = [WRITTEN - timedelta(days=n) for n in some.rng.sample(range(2, 30), some.rng.randrange(1, 4))]
    return answer, ", ".join(f"{d.day}/{d.month}" for d in sorted(days)) if answer == "Yes" else ""


def _hub_truth(v: dict[str, Any], born: date, on: date, year: str) -> dict[str, str]:
    truth = {
        "child.surname": v["surname"], "child.year_group": year, "child.upn": v["upn"],
        "child.other_surnames": v["others"],
        "child.date_of_birth": born.isoformat(), "child.forenames": v["forenames"], "child.gender": v["gender"].lower(),
        "address.last_known": _lines(v["address"]), "address.postcode": v["postcode"], "school.current": v["current"],
        "school.previous": v["previous"], "referral.date": on.isoformat(), "referrer.name": v["by"],
        "referrer.telephone": v["phone"], "referrer.email": v["email"], "information.other": v["family"],
        "information.additional": v["concerns"], "risk.other": v["other_risk"].lower(),
        "risk.other_text": v["other_text"],
    }  # fmt: skip
    for place, carer in enumerate(v["carers"], 1):
        names = {"title": "title", "surname": "surname", "forename": "forename", "postcode": "postcode",
                 "home": "home_phone", "mobile": "mobile", "relation": "relationship"}  # fmt: skip
        truth |= {f"carer_{place}.{field}": carer[key] for key, field in names.items()}
        truth[f"carer_{place}.address"] = _lines(carer["address"])
        truth[f"carer_{place}.parental_responsibility"] = carer["responsible"].lower()
    actions = ("contacted_parents", "phoned_named_contacts", "asked_professionals")
    for action, (answer, dates) in zip(actions, v["tried"], strict=True):
        truth |= {f"intervention.{action}": answer.lower(), f"intervention.{action}_dates": dates}
    risks = ("aggressive_pupil", "aggressive_parent", "previous_aggression", "threatening_environment",
             "known_substance_abuse", "possible_substance_abuse")  # fmt: skip
    return truth | {f"risk.{risk}": level.lower() for risk, level in zip(risks, v["risks"], strict=True)}


def _lines(lines: tuple[str, str]) -> str:
    return "\n".join(line for line in lines if line)


class _Some:
    """One of the many ways to write a thing."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def maybe(self, make: Callable[[], str], chance: float = 0.8) -> str:
        return make() if self.rng.random() < chance else ""

    def name(self, of: tuple[str, ...]) -> str:
        name = self.rng.choice(of)
        return name.upper() if self.rng.random() < 0.15 else name

    def adult(self) -> str:
        first = self.rng.choice((self.rng.choice(FORENAMES), self.rng.choice("ABCDEFGHJKLM") + "."))
        return f"{self.rng.choice(TITLES)} {first} {self.name(SURNAMES)}"

    def birthday(self) -> date:
        return date(1999, 9, 1) + timedelta(days=self.rng.randrange(0, 3650))

    def date(self, day: date) -> str:
        suffix = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        ways = (
            f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}",
            f"{day.day}-{day.month}-{day.year}", f"{day.day} {day:%B %Y}", f"{day.day}{suffix} {day:%b %Y}",
            f"{day:%A} {day.day}{suffix} {day:%B %Y}", f"{day.isoformat()}",
        )  # fmt: skip
        return self.rng.choice(ways)

    def street(self) -> str:
        number = self.rng.choice(("{}", "{}a", "Flat 3, {}", "The Old Forge, {}")).format(self.rng.randrange(1, 240))
        return f"{number} {self.rng.choice(STREETS)}"

    def town(self) -> str:
        return self.rng.choice(TOWNS)

    def postcode(self) -> str:
        last = self.rng.choice("ABDEFG") + self.rng.choice("HJLNPQ")
        code = f"EX{self.rng.randrange(1, 40)} {self.rng.randrange(1, 10)}{last}"
        return self.rng.choice((code, code, code.replace(" ", ""), code.lower()))

    def landline(self) -> str:
        number = f"960{self.rng.randrange(100, 1000)}"
        way = self.rng.choice(("01632 {}", "01632 {} ext 3", "+44 1632 {}", "(01632) {}"))
        return way.format(self.rng.choice((number, f"{number[:3]} {number[3:]}")))

    def mobile(self) -> str:
        return self.rng.choice(("07700 900{}", "07700900{}", "07700 900 {}", "+447700900{}")).format(
            self.rng.randrange(100, 1000)
        )

    def email(self) -> str:
        who = self.rng.choice(("office", "admin", "j.smith", "Attendance.Team"))
        return f"{who}@school{self.rng.randrange(99)}.example"

    def upn(self, born: date) -> str:
        tail = f"8052001{(born.year + 5) % 100:02}{self.rng.randrange(1000):03}"
        return check_letter(tail) + tail

    def story(self) -> str:
        picked = self.rng.sample(SENTENCES, self.rng.randrange(1, 5))
        days = (WRITTEN - timedelta(days=self.rng.randrange(3, 40)) for _ in picked)
        return " ".join(s.format(day=self.date(d)) for s, d in zip(picked, days, strict=True))
