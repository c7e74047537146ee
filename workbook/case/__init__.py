"""The case model: frozen pydantic models, their wording, paths into them. No disk, no widgets, no clock."""

from .case import SCHEMA_VERSION, Case, caller, case_name, first_name, first_name_in, full_name, helper_of, told_apart
from .choices import Choice, Evidence, Mode, Source, YesNo
from .defaults import leave_out, shown, touch
from .former_plan import with_former_plan
from .items import Items, new_id
from .migrations import dump, json_schema, parse, read
from .model import CaseModel, Item, Own, Provenance, title_of
from .paths import Gone, Leaf, add, get, item_type, label, leaves, move, put, remove, users, words_at
from .plain import is_blank, is_empty, to_plain
from .words import Words, spoken, words_for

__all__ = [
    "SCHEMA_VERSION",
    "Case",
    "CaseModel",
    "Choice",
    "Evidence",
    "Gone",
    "Item",
    "Items",
    "Leaf",
    "Mode",
    "Own",
    "Provenance",
    "Source",
    "Words",
    "YesNo",
    "add",
    "caller",
    "case_name",
    "dump",
    "first_name",
    "first_name_in",
    "full_name",
    "get",
    "helper_of",
    "is_blank",
    "is_empty",
    "item_type",
    "json_schema",
    "label",
    "leave_out",
    "leaves",
    "move",
    "new_id",
    "parse",
    "put",
    "read",
    "remove",
    "shown",
    "spoken",
    "title_of",
    "to_plain",
    "told_apart",
    "touch",
    "users",
    "with_former_plan",
    "words_at",
    "words_for",
]
