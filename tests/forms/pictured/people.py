"""Made-up fills of the two forms, as many as are wanted: by the names that the scoring of forms uses."""

from __future__ import annotations

import random
from datetime import date, timedelta

from parsers.values.upn import check_letter

Fill = dict[str, str]

_SURNAMES = (
    "Achterberg", "Bjørnstad", "McAllister", "Szymańska",
    "Okonkwo-Bright", "D'Souza", "Pritchard", "Yılmaz",
    "Čapek", "Haverford", "van den Broek", "Lindqvist", "Ó Súilleabháin", "Abernethy", "Rahmani", "Wójcik",
    "Castellanos", "Ilyas", "Thistlewood", "Nwachukwu", "Kovačević", "Brâncuși", "Llewellyn-Jones", "Zielińska",
    "Marchetti", "Dhillon",
)  # fmt: skip
_FORENAMES = (
    "Anneliese", "Björn", "Callum", "Divya", "Eoin Patrick", "Fatoumata", "Gwilym", "Håkon", "Ilze", "Jasmine",
    "Kacper", "Łucja", "Maëlle", "Nikolai", "Océane", "Priya Rose", "Quentin", "Rhiannon", "Sławomir", "Tomás", "Umar",
    "Víctor", "Willow", "Xanthe", "Yusuf", "Zuzanna",
)  # fmt: skip
_STREETS = (
    "Quarry Lane",
    "Mill Hill",
    "Wharf Cottages",
    "Saltings Road",
    "Beacon Rise",
    "The Old Brewery",
    "Kestrel Way",
)
_TOWNS = ("Easthaven", "Netherby", "Brightsea", "Upper Marlow Green", "Stoke Ferrers", "Kingsmouth")
_SCHOOLS = ("Saltmarsh Primary School", "Harbour Road Academy", "St Cuthman's RC Primary School", 
            "The Beacon Free School", "Kingsmouth Grammar School", "Netherby C of E Junior School")  # fmt: skip
_ABROAD = ("Szkoła Podstawowa nr 12, Łódź", "École Jules Ferry, Lille", "Grundschule Am Wall, Köln")
_TOLD = (
    "Last attended on Thursday 6 November 2014. A neighbour says that the flat is empty.",
    "Mother rang on 3/11 to say that they were moving to relatives in Leeds; the number is now dead.",
    "Absent since 10 November. Two half-siblings at the same school are absent too.",
    "Father collected the pupil at noon and said goodbye to the class. No forwarding address was left.",
    "Home language is Portuguese. The family spoke of a new job in Faro after Christmas.",
)  # fmt: skip
_CONCERNS = (
    "Attendance 64% since September. Letters sent on 14/10 and 28/10.",
    "Known to the school nurse. Nothing recorded by social care.",
    "Early Help closed in July 2014; poor attendance of the elder sister.",
)
_RELATIONS = ("Mother", "Father", "Stepmother", "Grandfather", "Aunt", "Foster carer")
_RISKS = ("Large dog in the yard", "Shared entrance, poor light", "Neighbour dispute")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


class People:
    """Fills by a seed: the same seed, the same people."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def memo(self) -> Fill:
        r, some = self._random, self._some
        surname, first, born, school = r.choice(_SURNAMES), r.choice(_FORENAMES), self._born(), r.choice(_SCHOOLS)
        asked = date(2014, 11, 24) - timedelta(days=r.randrange(60))
        moved = r.random() < 0.5
        return {
            "enq_name": f"{r.choice(('Mrs', 'Mr', 'Miss'))} {r.choice('ABDEGKLMT')}. {r.choice(_SURNAMES)}",
            "enq_address": f"{school}\n{self._address().replace(chr(10), ', ', 1).replace(chr(10), ' ')}",
            "enq_phone": self._phone(), "enq_fax": some(0.5, self._phone()),
            "enq_email": f"office{r.randrange(9)}@{school.split()[0].lower().strip('.')}.example",
            "enq_date": asked.isoformat(), "enq_date_shown": self._shown(asked),
            "child_surname": surname, "child_first": first, "child_dob": born.isoformat(),
            "child_dob_shown": self._shown(born), "school_last": school, "upn": some(0.85, self._upn(born)),
            "sen": r.choice(("yes", "no", "no", "")),
            "parent": f"{r.choice(('Mrs', 'Ms', 'Mr'))} {r.choice(_FORENAMES)} {surname}",
            "last_address": self._address(),
            "moved_to": self._address() if moved else "",
            "la": "Westmarch County Council" if moved and r.random() < 0.7 else "",
            "other_info": r.choice(_TOLD),
        }  # fmt: skip

    def hub(self) -> Fill:
        r, some = self._random, self._some
        surname, first, born = r.choice(_SURNAMES), r.choice(_FORENAMES), self._born()
        referred = date(2014, 11, 24) - timedelta(days=r.randrange(60))
        shown = self._shown(born)
        fill = {
            "surname": surname, "ncy": some(0.9, str(2014 - born.year - 5 + (born.month < 9))),
            "upn": some(0.85, self._upn(born)),
            "other_surnames": some(0.25, r.choice(_SURNAMES)), "dob": born.isoformat(), "dob_shown": shown,
            "forenames": first, "gender": r.choice(("male", "female", "male", "female", "")),
            "address": f"{r.randrange(1, 240)} {r.choice(_STREETS)}" + some(0.8, f"\n{r.choice(_TOWNS)}"),
            "postcode": self._postcode(), "current_school": r.choice(_SCHOOLS),
            "previous_school": some(0.4, r.choice(_SCHOOLS + _ABROAD)),
            "ref_date": referred.isoformat(), "ref_date_shown": self._shown(referred),
            "ref_by": f"{r.choice(('Mrs', 'Mr', 'Dr'))} {r.choice('BCFHJNPW')}. {r.choice(_SURNAMES)}",
            "ref_phone": self._phone(), "ref_email": some(0.9, f"attendance@harbour{r.randrange(99)}.example"),
            "other_info": some(0.6, r.choice(_TOLD)), "add_info": some(0.6, r.choice(_CONCERNS)),
            "int_name": f"{first} {surname}", "int_dob": born.isoformat(), "int_dob_shown": shown,
        }  # fmt: skip
        fill |= self._carer("p1", surname, True) | self._carer("p2", r.choice(_SURNAMES), r.random() < 0.5)
        for n in "123":
            fill[f"q{n}"] = r.choice(("yes", "yes", "no", ""))
            days = sorted(r.sample(range(1, 29), r.choice((1, 2, 3))))
            fill[f"q{n}_dates"] = (
                ", ".join(f"{d}/11" for d in days) if fill[f"q{n}"] == "yes" and r.random() < 0.8 else ""
            )
        for n in "123456":
            fill[f"r{n}"] = r.choice(("high", "medium", "low", "low", "", ""))
        fill["r_other"] = some(0.4, r.choice(_RISKS))
        fill["r7"] = r.choice(("high", "medium", "low")) if fill["r_other"] else ""
        return fill

    def _carer(self, key: str, surname: str, there: bool) -> Fill:
        r, some = self._random, self._some
        apart = there and r.random() < 0.35
        found = {
            "title": r.choice(("Mr", "Mrs", "Ms", "Miss")), "surname": surname, "forename": r.choice(_FORENAMES),
            "address": f"{r.randrange(1, 99)} {r.choice(_STREETS)}\n{r.choice(_TOWNS)}" if apart else "",
            "postcode": self._postcode() if apart else "", "home": some(0.4, self._phone()),
            "mobile": some(0.7, f"07700 900{r.randrange(1000):03}"), "pr": r.choice(("yes", "no", "yes")),
            "rel": r.choice(_RELATIONS),
        }  # fmt: skip
        return {f"{key}_{name}": value if there else "" for name, value in found.items()}

    def _address(self) -> str:
        r = self._random
        return f"{r.randrange(1, 240)} {r.choice(_STREETS)}\n{r.choice(_TOWNS)}\n{self._postcode()}"

    def _some(self, share: float, value: str) -> str:
        return value if self._random.random() < share else ""

    def _born(self) -> date:
        return date(2000, 9, 1) + timedelta(days=self._random.randrange(9 * 365))

    def _upn(self, born: date) -> str:
        r = self._random
        tail = f"{r.choice((931, 867, 305))}{r.randrange(2000, 4999)}{(born.year + 5) % 100:02}{r.randrange(1000):03}"
        return check_letter(tail) + tail

    def _postcode(self) -> str:
        r = self._random
        unit = "ABDEFGHJLNPQRSTUWXYZ"
        outward = f"{r.choice(('EX', 'WM', 'NB', 'BN'))}{r.randrange(1, 40)}"
        return f"{outward} {r.randrange(10)}{r.choice(unit)}{r.choice(unit)}"

    def _phone(self) -> str:
        number = self._random.randrange(1000)
        return self._random.choice((f"01632 960{number:03}", f"01632 960 {number:03}", f"01632960{number:03}"))

    def _shown(self, day: date) -> str:
        months = _MONTHS[day.month - 1]
        return self._random.choice((
            f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day.day} {months} {day.year}", f"{day:%d-%m-%Y}",
            f"{day.day}{_ending(day.day)} {months} {day.year}", f"{day.day} {months[:3]} {day:%y}",
        ))  # fmt: skip


def _ending(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
