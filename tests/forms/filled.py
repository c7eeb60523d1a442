"""Made-up children for filled forms: names, numbers and addresses that belong to nobody."""

from __future__ import annotations

MEMO = {
    "name": "Miss Oluchi Brannigan",
    "address": "Saltmarsh Primary School\nMill Hill, Easthaven EX99 1ZZ",
    "telephone": "01632 960 118",
    "fax": "",
    "email": "admin@saltmarsh.example",
    "date": "17/11/14",
    "surname": "MacGillivray-Okonjo",
    "first": "Siobhán Ngozi",
    "dob": "9.3.05",
    "school": "Saltmarsh Primary School",
    "upn": "T805200115014",
    "sen": "Yes",
    "carer": "Mrs Ifeoma Okonjo",
    "last": "Flat 11b, 240 Quarry Lane\nEasthaven\nEX99 3QA",
    "moved": "c/o Okonjo, 3 Rue des Lilas, Lille, France",
    "authority": "",
    "other": "Last attended 14th November 2014. Mother said they were going to France to live with an aunt.",
}

HUB = {
    "surname": "D'Abruzzo",
    "year": "8",
    "upn": "J805200116027",
    "others": "van der Meulen",
    "dob": "02/05/2002",
    "forenames": "Matteo Luca",
    "gender": "Male",
    "address": ("The Old Forge", "Netherby"),
    "postcode": "EX98 4TD",
    "current": "Harbour Road Academy",
    "previous": "Scuola Media Pascoli, Pescara",
    "referred": "Wednesday 12 November 2014",
    "by": "Mr T. Ashgrove",
    "phone": "01632 960407 ext 3",
    "email": "t.ashgrove@harbour-road.example",
    "carers": (
        {"title": "Ms", "surname": "van der Meulen", "forename": "Liesbeth", "address": ("", ""), "postcode": "",
         "home": "", "mobile": "07700 900 622", "responsible": "Yes", "relation": "Mother"},
        {"title": "Mr", "surname": "D'Abruzzo", "forename": "Gino", "address": ("7 Wharf Cottages", "Brightsea"),
         "postcode": "EX97 2LL", "home": "01632 960733", "mobile": "", "responsible": "No", "relation": "Stepfather"},
    ),
    "family": "Half-sister Elena at the same school. Absent since Thursday 6 November 2014.",
    "tried": (("Yes", "6/11, 7/11, 10/11"), ("Yes", "10/11"), ("No", "")),
    "concerns": "",
    "risks": ("Low", "", "Low", "High", "", "Medium"),
    "other_risk": "Medium",
    "other_text": "Large dog in the yard",
}  # fmt: skip

NO_CARER = {
    "title": "", "surname": "", "forename": "", "address": ("", ""), "postcode": "", "home": "", "mobile": "",
    "responsible": "", "relation": "",
}  # fmt: skip

BLANK_MEMO = dict.fromkeys(MEMO, "")
BLANK_HUB = {
    **dict.fromkeys(HUB, ""),
    "address": ("", ""),
    "carers": (NO_CARER, NO_CARER),
    "tried": (("", ""),) * 3,
    "risks": ("",) * 6,
}
