"""Names of people and places whose words mean something else: "Mr Hurt", "12 Knife Grinders Yard", "Slaughter Hill
Academy". By capitals alone a name is known; a line in capitals throughout has none."""

from __future__ import annotations

import re

_WORD = r"[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*"
_TITLED = re.compile(rf"\b(Mr|Mrs|Ms|Miss|Mx|Dr|PC|DC|DS|Sgt|Cllr|Rev|Prof)\.? (?:{_WORD}[ -])?{_WORD}\b")
_KIND = (
    r"(?:Academy|Avenue|Barn|Close|College|Corner|Cottage|Court|Crescent|Drive|Farm|Gardens|Gate|Green|Grove|Hall|Hill"
    r"|House|Infants?|Juniors?|Lane|Lodge|Mews|Mill|Nursery|Park|Place|Primary|Rise|Road|Row|School|Square|Street"
    r"|Surgery|Terrace|Walk|Way|Wharf|Yard)"
)
_NO_NAME = (
    r"(?:A|An|And|At|But|By|Child|Children|Dad|Daddy|Father|For|From|Girl|Boy|He|Her|Him|His|I|In|Into|It|Kids?|Mum|Mummy"
    r"|Mother|My|No|Not|Of|On|Or|Our|Out|Pupil|School|She|Step\w*|The|Their|Them|They|This|To|Was|We|With|When|After|Home|Near|Is|Has|Had|Were|Then|Behind)"
)
_PLACE = re.compile(rf"\b(?!{_NO_NAME}\b){_WORD}(?: (?!{_NO_NAME}\b){_WORD}){{0,2}} {_KIND}\b")


def without_names(sentence: str) -> str:
    """The sentence with a title's name and a place's name made plain; all else stays. Of a place that opens a sentence
    the first word may be no name ("Beaten in Mill Lane" has one, "Hurt Mill Lane" none): it is left."""
    return _PLACE.sub(_place, _TITLED.sub(r"\1 N", sentence))


def _place(found: re.Match[str]) -> str:
    opens = not found.string[: found.start()].strip(" \"'-–(")
    first, _, rest = found[0].partition(" ")
    return f"{first} {'N ' if ' ' in rest else ''}place" if opens else "N place"
