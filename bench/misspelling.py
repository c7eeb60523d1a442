"""What happens to a child's details between the parents and a form: none, one or several slips at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from bench.children import FAMILIES, SPELT, STREETS, County, Member
from bot.matching import Child

Slip = Callable[[Random, Child], Child]


def retold(random: Random, child: Child) -> Child:
    """The child as another form has it: half of all have a slip in name or birthday, and little is filled in."""
    told = _partly(random, child)
    for _ in range(random.choices((0, 1, 2, 3), (46, 34, 15, 5))[0]):
        told = random.choices(SLIPS, WEIGHTS)[0](random, told)
    if random.random() < 0.25:
        told = moved(random, told)
    return told


def _partly(random: Random, child: Child) -> Child:
    """Boxes that are left empty; the UPN is in a third of forms, carers in two thirds."""
    return replace(
        child,
        upn=child.upn if random.random() < 0.35 else "",
        carers=child.carers[:1] if random.random() < 0.65 else (),
        postcode=child.postcode if random.random() < 0.85 else "",
        address=child.address if random.random() < 0.9 else "",
    )


def typo(random: Random, word: str) -> str:
    if len(word) < 3:
        return word
    at = random.randrange(1, len(word) - 1)
    return random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
            word[:at] + random.choice("aeiourstln") + word[at + 1 :],
        )
    )


def surname_typo(random: Random, child: Child) -> Child:
    return replace(child, surname=typo(random, child.surname))


def forename_typo(random: Random, child: Child) -> Child:
    first, _, rest = child.forenames.partition(" ")
    return replace(child, forenames=f"{typo(random, first)} {rest}".strip())


def otherwise_spelt(random: Random, child: Child) -> Child:
    first, _, rest = child.forenames.partition(" ")
    if first in SPELT:
        return replace(child, forenames=f"{random.choice(SPELT[first].split())} {rest}".strip())
    if child.surname in FAMILIES:
        return replace(child, surname=random.choice(FAMILIES[child.surname].split()))
    return plain(random, child)


def plain(random: Random, child: Child) -> Child:
    """Accents are lost on the way."""
    return replace(child, surname=_bare(child.surname), forenames=_bare(child.forenames))


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁđĐıøß", "lLdDios")))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fewer_names(random: Random, child: Child) -> Child:
    return replace(child, forenames=child.forenames.partition(" ")[0])


def called_by_second(random: Random, child: Child) -> Child:
    return replace(child, forenames=child.forenames.rpartition(" ")[2])


def swapped_names(random: Random, child: Child) -> Child:
    return replace(child, surname=child.forenames.partition(" ")[0], forenames=child.surname)


def capitals(random: Random, child: Child) -> Child:
    return replace(child, surname=child.surname.upper().replace("-", " "))


def half_a_name(random: Random, child: Child) -> Child:
    parts = child.surname.split("-")
    return replace(child, surname=random.choice(parts) if len(parts) > 1 else f"{child.surname}-Marlowe")


def another_surname(random: Random, child: Child) -> Child:
    """A carer has married again; the old name stands beside it, or does not."""
    old = child.surname if random.random() < 0.5 else ""
    return replace(child, surname=random.choice(("Ashworth", "Pereira", "Latif", "Tomczak")), other_surnames=old)


def day_and_month(random: Random, child: Child) -> Child:
    born = child.date_of_birth
    if born is None or born.day > 12:
        return one_digit(random, child)
    return replace(child, date_of_birth=date(born.year, born.day, born.month))


def one_digit(random: Random, child: Child) -> Child:
    born = child.date_of_birth
    if born is None:
        return child
    while True:
        at, digit = random.choice((0, 1, 2, 3, 6, 7)), random.choice("0123456789")
        text = f"{born:%d%m%Y}"
        text = text[:at] + digit + text[at + 1 :]
        try:
            other = date(int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            continue
        if other != born and 2004 <= other.year <= 2026:
            return replace(child, date_of_birth=other)


def a_year_out(random: Random, child: Child) -> Child:
    """This year's number for last year's."""
    born = child.date_of_birth
    if born is None or (born.month, born.day) == (2, 29):
        return child
    return replace(child, date_of_birth=born.replace(year=born.year + random.choice((-1, 1))))


def no_birthday(random: Random, child: Child) -> Child:
    return replace(child, date_of_birth=None)


def moved(random: Random, child: Child) -> Child:
    home = f"{random.randint(1, 199)} {random.choice(STREETS)}, Leicester"
    return replace(child, address=home, postcode=f"LE{random.randint(1, 9)} {random.randint(1, 9)}ZZ")


SLIPS: tuple[Slip, ...] = (
    surname_typo, forename_typo, otherwise_spelt, plain, fewer_names, called_by_second, swapped_names, capitals,
    half_a_name, another_surname, day_and_month, one_digit, a_year_out, no_birthday,
)  # fmt: skip
WEIGHTS = (14, 14, 16, 8, 10, 3, 4, 8, 6, 3, 6, 6, 2, 4)


def questions(county: County, count: int, seed: int) -> list[tuple[Child, int | None]]:
    """Children as forms tell them, each with its number in the county, None for one who is not in it: half of those
    are brothers, sisters or twins of one who is, some with the number of that one pasted in."""
    random = Random(seed)
    asked: list[tuple[Child, int | None]] = []
    while len(asked) < count:
        number = random.randrange(len(county.members))
        member = county.members[number]
        draw = random.random()
        if draw < 0.8:
            asked.append((retold(random, member.child), number))
        elif draw < 0.9:
            asked.append((retold(random, sibling(random, county, member)), None))
        else:
            asked.append((retold(random, county.family(-1)[0].child), None))
    return asked


def sibling(random: Random, county: County, of: Member) -> Child:
    """A brother or sister who is not in the county's register; one in three is a twin."""
    born = of.child.date_of_birth
    assert born is not None
    stranger = county.family(-1)[0].child
    other = county.member(of.family, replace(of.child, forenames=_another(random, of.child, stranger))).child
    if random.random() > 0.35:
        other = replace(other, date_of_birth=date(born.year + random.choice((-3, -2, 2, 3)), born.month % 12 + 1, 11))
    if random.random() < 0.08:
        other = replace(other, upn=of.child.upn)
    return other


def _another(random: Random, of: Child, stranger: Child) -> str:
    """Another forename; where the family gives all its sons the same first one, another second."""
    first = of.forenames.partition(" ")[0]
    if first in ("Muhammad", "Mohammed"):
        return f"{first} {random.choice(('Ayub', 'Talha', 'Shoaib', 'Ammar'))}"
    return stranger.forenames if stranger.forenames.partition(" ")[0] != first else "Peregrine"
