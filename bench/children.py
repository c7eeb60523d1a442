"""A made-up county: children of many origins in families, and how schools misspell them. No name is anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bot.matching import Child, Known
from parsers.values.upn import check_letter

# By origin: the share of families, forenames, surnames. The first of each list are the commonest (Zipf).
ORIGINS: tuple[tuple[float, str, str], ...] = (
    (
        0.62,
        "Oliver George Amelia Olivia Noah Arthur Isla Leo Lily Freya Harry Ivy Charlie Jack Grace Ava Oscar Emily Theo "
        "Freddie Sophie Alfie Mia Poppy Archie Ella Charlotte Jacob Evie Thomas William Henry Daisy James Florence "
        "Joshua Phoebe Alexander Alice Edward Matilda Isaac Jessica Max Millie Samuel Elizabeth Benjamin Ruby Toby "
        "Rosie Joseph Willow Daniel Erin Sebastian Lucy Callum Eleanor Finley Holly Rory Imogen Hugo Harriet Jude "
        "Beatrice Felix Martha Rupert Tabitha Barnaby Ottilie Kit Nell Caspian Persephone Gwendolen Angharad Ffion "
        "Rhys Siân Niamh Seán Saoirse Callan Eilidh Hamish Morag Teagan Jago Lowenna Ella-Rose Lily-Mae Alfie-Lee "
        "Jayden Kayden Skye Summer Ellie-May Tyler Connor Declan Kian Caitlin Maeve Robert Katherine Madeleine Zachary",
        "Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker "
        "White Edwards Hughes Green Hall Lewis Harris Clarke Jackson Wood Turner Martin Cooper Hill Ward Morris Moore "
        "Clark Lee King Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young "
        "Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Marsh Tregenza "
        "Penhaligon Trelawney Farrant Boxgrove Quillfeather Lovegrove Ashdown Thistlewood Cattermole Fairweather "
        "Greengrass Hollingworth Inchbald Jessop Kettlewell Larkin Merriweather Nethercott Oakapple Pettigrew Quested "
        "Rainbird Sidebottom Tunnicliffe Underhay Venables Wagstaff Yarwood Zouch O'Neill O'Connor MacDonald McBride "
        "FitzGerald Llewellyn Prydderch Rhydderch Gwynne Pugh Bowen Ap-Rhys St-John De-Vere Van-Houten Drinkwater "
        "Applegarth Birtwhistle Clutterbuck Dauncey Eglantine Featherstone Gathercole Hardcastle Ingleby Jellicoe",
    ),
    (
        0.12,
        "Muhammad Mohammed Aisha Fatima Ibrahim Yusuf Maryam Zainab Ali Hamza Abdullah Ahmed Hassan Hussain Omar Bilal "
        "Khadija Amina Hafsa Safiya Musa Isa Zara Ayaan Zayn Inaya Eesa Sumayyah Rayyan Umar Usman Haroon Sana Hira "
        "Iqra Noor Tayyiba Sulaiman Idris Yahya Zakariya Rumaysa Anaya Hania Mustafa Junaid Saad Laiba Mahnoor Taha",
        "Khan Ahmed Ali Hussain Begum Akhtar Shah Malik Iqbal Mahmood Uddin Miah Rahman Islam Chowdhury Hussein Hassan "
        "Mohamed Abdi Qureshi Siddiqui Mirza Butt Chaudhry Raja Bibi Farooq Nawaz Rashid Aziz Karim Haque Sultana "
        "Bhatti Javed Rafiq Sheikh Zaman Kazi Talukdar Sarwar Osman Warsame Jama Elmi Farah Aden Ghani Latif Ansari",
    ),
    (
        0.06,
        "Arjun Aarav Priya Anika Rohan Dev Ishaan Kavya Diya Neha Harpreet Gurpreet Jaspreet Manpreet Simran Amrit "
        "Krishna Lakshmi Vijay Ananya Saanvi Vihaan Tara Nikhil Meera Riya Karan Aditya Pooja Rahul Shreya Varun",
        "Singh Patel Kaur Sharma Shah Gill Sandhu Desai Mehta Joshi Nair Reddy Kumar Rao Iyer Menon Dhillon Sidhu "
        "Bains Chauhan Mistry Parmar Solanki Thakur Gupta Verma Pillai Krishnan Subramaniam Sivakumar Nadarajah",
    ),
    (
        0.09,
        "Jakub Zofia Szymon Zuzanna Kacper Oliwia Filip Aleksander Maja Wojciech Katarzyna Agnieszka Łukasz Michał "
        "Małgorzata Piotr Paweł Ștefan Andrei Ioana Alexandru Mihai Elena Sofia Daria Matei Ionuț Bianca Viktor "
        "Oleksandr Mykola Kateryna Yevhen Dmytro Anastasiia Solomiya Bohdan Emilija Lukas Matas Gabija Jānis Zsófia",
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Lewandowska Zieliński Popa Ionescu Popescu Dumitru Rusu Munteanu "
        "Kovalenko Shevchenko Bondarenko Tkachenko Melnyk Hrytsenko Kazlauskas Petrauskas Bērziņš Nagy Szabó Horváth "
        "Novák Dvořák Hoxha Krasniqi Berisha Ivanov Petrov Georgiev Dimitrov Sokołowska Jabłoński Włodarczyk",
    ),
    (
        0.05,
        "Oluwaseun Chidera Ayodele Temitope Chukwuemeka Ngozi Folasade Kwame Kofi Ama Abena Adaeze Tobi Damilola "
        "Ifeanyi Tendai Tafadzwa Rutendo Yohannes Selam Tewodros Fatou Mamadou Aminata Blessing Precious Emmanuel Joy",
        "Okafor Okonkwo Adeyemi Mensah Boateng Osei Owusu Balogun Adebayo Nwosu Eze Asante Appiah Diallo Traoré Moyo "
        "Ndlovu Chikwanha Mutasa Tesfaye Bekele Haile Kamau Otieno Oyelaran Akinyemi Ogunleye Addo Quaye Banda Phiri",
    ),
    (
        0.03,
        "Xiaoming Mei Wei Jing Yifan Haoran Zihan Chun Hui Ling Minh Linh Thị-Hoa Đức Anh Jiho Seoyeon Haruto Yui Kai",
        "Chen Wang Li Zhang Nguyen Tran Lim Wong Chan Kim Park Liu Huang Phạm Đặng Yamamoto Tanaka Cheung Leung Ng",
    ),
    (
        0.03,
        "João Maria Tiago Inês Beatriz Mateus Lúcia José Sofía Diego Íñigo Camila Giulia Lorenzo Chloé Zoë Théo Anaïs "
        "Eleni Giorgos Ayşe Emre Zeynep Mehmet Dilan Rojin Azad Narges Reza Parisa",
        "Silva Santos Ferreira Pereira García Fernández Muñoz Rossi Bianchi Dubois Lefèvre Papadopoulos Yılmaz Şahin "
        "Demir Kaya Özdemir Rezaei Ahmadi Karimi Barzani Hosseini Carvalho Gonçalves Núñez Müller Jäger Groß",
    ),
)  # fmt: skip
STREETS = (
    "Quarry Steps", "Mill Lane", "Fosse Road", "Elm Row", "Thrift Close", "Canal Street", "Orchard Way",
    "Bellfounders Row", "Chalk Hill", "Tannery Yard",
)  # fmt: skip
TOWNS = ("Banbury", "Oxford", "Witney", "Abingdon", "Didcot")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

# How a school may write what the parents write otherwise: not the matcher's table, and some pairs are not in that.
SPELT = {
    "Robert": "Bobby Rob", "Katherine": "Katie Kathryn", "Madeleine": "Maddie", "Zachary": "Zac",
    "William": "Billy Will", "Charlotte": "Lottie Charlie", "Elizabeth": "Lizzie Beth", "Benjamin": "Ben",
    "Samuel": "Sam", "Joshua": "Josh", "Thomas": "Tommy Tom", "Alexander": "Alex Xander", "Oliver": "Ollie",
    "Joseph": "Joe", "Daniel": "Danny", "Matilda": "Tilly", "Eleanor": "Ellie", "Harriet": "Hattie", "Edward": "Ted",
    "Isaac": "Zac", "Theo": "Theodore", "Freddie": "Frederick", "Alfie": "Alfred", "Archie": "Archibald",
    "Millie": "Amelia", "Sebastian": "Seb", "Muhammad": "Mohammed Mohamed Mohammad Muhammed",
    "Mohammed": "Muhammad Mohamed Mohammad", "Aisha": "Ayesha Aysha", "Fatima": "Fatimah Fatema",
    "Yusuf": "Yousef Yousuf", "Zainab": "Zaynab Zeinab", "Hussain": "Hussein Husain", "Khadija": "Khadijah",
    "Abdullah": "Abdulla", "Usman": "Osman Uthman", "Umar": "Omar", "Sulaiman": "Suleiman", "Sumayyah": "Sumaya",
    "Zayn": "Zain", "Safiya": "Safiyyah", "Ibrahim": "Ebrahim", "Oleksandr": "Alexander Aleksandr",
    "Kateryna": "Katerina Kate", "Yevhen": "Evgeny", "Dmytro": "Dmitri", "Mykola": "Nikolai", "Katarzyna": "Kasia",
    "Jakub": "Kuba", "Zuzanna": "Zuzia", "Siân": "Sian", "Oluwaseun": "Seun", "Chukwuemeka": "Emeka",
    "Folasade": "Sade", "Temitope": "Temi", "Xiaoming": "Xiao-Ming", "Harpreet": "Harprit", "Lakshmi": "Laxmi",
    "Vijay": "Vijai", "Persephone": "Percy", "Gwendolen": "Gwen", "Ottilie": "Tilly", "Barnaby": "Barney",
    "Tabitha": "Tabby",
}  # fmt: skip
FAMILIES = {
    "Hussain": "Hussein Husain", "Mohamed": "Mohammed Muhamed", "Chowdhury": "Choudhury Chaudhuri",
    "Rahman": "Rehman", "Shevchenko": "Szewczenko", "Qureshi": "Quraishi Koreshi", "Siddiqui": "Siddiqi",
    "Akhtar": "Akhter", "Sheikh": "Shaikh", "Müller": "Mueller Muller", "Clarke": "Clark", "Thompson": "Thomson",
    "Davies": "Davis", "MacDonald": "McDonald", "Phillips": "Philips", "O'Connor": "OConnor", "Osman": "Usman",
    "Papadopoulos": "Papadopulos", "Hosseini": "Husseini", "Hrytsenko": "Gritsenko", "Lewandowska": "Lewandowski",
    "Sokołowska": "Sokolowski", "Groß": "Gross", "Traoré": "Traore",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A child of the county; `twin` shares the birthday of a brother or sister."""

    child: Child
    family: int
    twin: bool = False


class County:
    """Families with one to four children, some of them twins; the same seed is the same county."""

    def __init__(self, size: int, seed: int) -> None:
        self.random = Random(seed)
        self.members: list[Member] = []
        self._names = [(share, _zipf(first), _zipf(last)) for share, first, last in ORIGINS]
        self._serial = 0
        family = 0
        while len(self.members) < size:
            self.members += self.family(family)
            family += 1
        del self.members[size:]

    def known(self) -> Iterator[Known]:
        return (Known(str(n), member.child) for n, member in enumerate(self.members))

    def family(self, number: int) -> list[Member]:
        random = self.random
        _, first, last = random.choices(self._names, [share for share, _, _ in self._names])[0]
        surname = _draw(random, last)
        if random.random() < 0.05:
            surname = f"{surname}-{_draw(random, last)}"
        carers = (f"Mrs {_draw(random, first)} {surname}", f"Mr {_draw(random, first)} {_draw(random, last)}")
        home = f"{random.randint(1, 199)} {random.choice(STREETS)}, {random.choice(TOWNS)}"
        postcode = f"OX{random.randint(1, 49)} {random.randint(1, 9)}{random.choice(LETTERS)}{random.choice(LETTERS)}"
        base = Child(surname, address=home, postcode=postcode, carers=carers[: random.choice((1, 1, 2))])
        return list(self._children(number, base, first))

    def _children(self, number: int, base: Child, first: tuple[list[str], list[float]]) -> Iterator[Member]:
        random, taken = self.random, set[str]()
        born = date(2009, 9, 1) + timedelta(random.randrange(14 * 365))
        for _ in range(random.choices((1, 2, 3, 4), (50, 35, 11, 4))[0]):
            twin = bool(taken) and random.random() < 0.08
            if taken and not twin:
                born += timedelta(random.randrange(400, 1500)) * random.choice((1, -1))
            name = next(n for n in iter(lambda: _draw(random, first), None) if n not in taken)
            taken.add(name)
            yield self.member(number, replace(base, forenames=self._further(name, first), date_of_birth=born), twin)

    def _further(self, name: str, first: tuple[list[str], list[float]]) -> str:
        odds = 0.75 if name.startswith(("Muh", "Moh")) else 0.45
        return f"{name} {_draw(self.random, first)}" if self.random.random() < odds else name

    def member(self, family: int, child: Child, twin: bool = False) -> Member:
        self._serial += 1
        tail = f"9{self._serial // 10_000_000 % 4 + 31}{self._serial // 1000 % 10_000:04d}15{self._serial % 1000:03d}"
        return Member(replace(child, upn=check_letter(tail) + tail), family, twin)


def _zipf(names: str) -> tuple[list[str], list[float]]:
    found = [name.replace("-", " ") if name in _SPACED else name for name in names.split()]
    return found, [1 / (rank + 4) ** 0.9 for rank in range(len(found))]


_SPACED = frozenset({"St-John", "De-Vere", "Van-Houten", "Ap-Rhys", "Thị-Hoa"})


def _draw(random: Random, names: tuple[list[str], list[float]]) -> str:
    return random.choices(*names)[0]
