"""What may stand in a pack's TOML files: the shape of each table, checked where it comes in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


Listed = Annotated[list[Any], BeforeValidator(_listed)]


class Base(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ChaseTable(Base):
    every: str
    times: int
    tell: str = ""


class SilenceTable(Base):
    event: str
    at: Literal["overdue", "exhausted"] = "overdue"


class AnswerTable(Base):
    must: list[str] = []
    needs: list[str] = []
    ends: bool = False


class QuestionTable(Base):
    cite: str
    due: str
    chase: ChaseTable | None = None
    on_silence: SilenceTable | None = None
    answer: dict[str, AnswerTable] = {}
    again: str = ""
    deputy: bool = False
    passes: bool = True
    implied_by: list[str] = []
    unclear: str = ""
    each: bool = False


class InForceTable(Base):
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="until")


class RuleTable(Base):
    id: str
    cite: str
    when: Any
    on: list[str] = []
    conditions: dict[str, Any] = Field(default={}, alias="if")
    unless: list[str] = []
    after: str = ""
    ask: Listed = []
    of: Listed = []
    tell: Listed = []
    wording: str = ""
    open: str = ""
    close: str = ""
    withdraw: Listed = []
    record: str = ""
    once: bool = False
    at_once: bool = False
    group: str = ""
    propose: str = ""
    in_force: InForceTable = InForceTable()


class RoleTable(Base):
    then: str = ""
    chase: ChaseTable | None = None


class RosterTable(Base):
    says: str
    cite: str
    senders: list[str] = Field(alias="from")
    due: list[str] = []
    once_come: bool = False


class FormTable(Base):
    required: list[str]


class GroundTable(Base):
    says: str
    cite: str
    school_days: int = 0
    joint: bool = False


class OccasionTable(Base):
    id: str
    cite: str
    on: str
    tell: Listed
    wording: str
    document: Literal["", "cases", "figures", "year"] = ""
    in_force: InForceTable = InForceTable()


class DefinitionTable(Base):
    cite: str
    out_for: str
    on_roll: list[str] = []
    educated: list[str] = []
    in_force: InForceTable = InForceTable()


class PathwayTable(Base):
    rule: list[RuleTable] = []


class DropTable(Base):
    rules: list[str] = []


class ForbidTable(Base):
    id: str
    cite: str
    says: str
    asks: list[str] = []
    wordings: list[str] = []
    phrases: list[str] = []
    in_force: InForceTable = InForceTable()


class UnverifiedTable(Base):
    says: str
    rules: list[str] = []
    questions: list[str] = []
    wordings: list[str] = []


class FileTable(Base):
    name: str = ""
    extends: str = ""
    lists: dict[str, list[Any]] = {}
    rule: list[RuleTable] = []
    pathway: dict[str, PathwayTable] = {}
    question: dict[str, QuestionTable] = {}
    role: dict[str, RoleTable] = {}
    form: dict[str, FormTable] = {}
    roster: dict[str, RosterTable] = {}
    ground: dict[str, GroundTable] = {}
    occasion: list[OccasionTable] = []
    definition: list[DefinitionTable] = []
    drop: DropTable = DropTable()
    forbid: list[ForbidTable] = []
    unverified: dict[str, UnverifiedTable] = {}
    events: list[str] = []
    kept_open: str = ""
    holidays: dict[str, list[date]] = {}
    terms: dict[str, list[tuple[date, date]]] = {}
