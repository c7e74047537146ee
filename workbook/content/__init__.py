"""Words and lists from the packs, in layers: shipped, then the practice's. Knows the case; no widgets, no clock."""

from .conditions import Condition, can_change_plan, chosen, conditions, declined, suggested
from .conditions import read as read_condition
from .layers import HEADS, SHIPPED, checked, item_fields, layered, practice_folder, read_entries
from .seeds import OWN_WORDS, called, choices, entries, is_ready_made, said_once, seed, seeds, seeds_of
from .texts import Passage, passage, passages, with_values

__all__ = [
    "HEADS",
    "OWN_WORDS",
    "SHIPPED",
    "Condition",
    "Passage",
    "called",
    "can_change_plan",
    "checked",
    "choices",
    "chosen",
    "conditions",
    "declined",
    "entries",
    "is_ready_made",
    "item_fields",
    "layered",
    "passage",
    "passages",
    "practice_folder",
    "read_condition",
    "read_entries",
    "said_once",
    "seed",
    "seeds",
    "seeds_of",
    "suggested",
    "with_values",
]
