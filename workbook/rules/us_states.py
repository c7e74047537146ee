"""U.S. states by name and code, so that "Ohio" matches "OH". Knows nothing of ours."""

from __future__ import annotations

import functools
import re

_NAMES = """AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,
DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,
LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,
NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,
OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,
UT Utah,
VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico,VI Virgin Islands,GU Guam,
AS American Samoa,MP Northern Mariana Islands"""

NAMES = {name[:2]: name[3:] for name in _NAMES.replace("\n", "").split(",")}
STATES = {name.casefold(): code for code, name in NAMES.items()}
CODES = frozenset(STATES.values())
_LONGEST_FIRST = sorted(STATES, key=len, reverse=True)


@functools.lru_cache(maxsize=256)  # each request of a case asks for the same state
def states_in(text: str) -> frozenset[str]:
    """The codes of the states that a text names.

    >>> sorted(states_in("OH, West Virginia"))
    ['OH', 'WV']
    """
    rest, found = text.casefold(), set()
    for name in _LONGEST_FIRST:
        if name in rest:
            found.add(STATES[name])
            rest = rest.replace(name, " ")
    parts = [part for part in re.split(r"[\W_]+", rest) if part]
    only_codes = not found and all(len(part) == 2 for part in parts)  # else small words such as "in" would be codes
    upper = rest.upper() if only_codes else re.sub(r"[^A-Z]", " ", text)
    return frozenset(found | {w for w in re.findall(r"\b[A-Z]{2}\b", upper) if w in CODES})


def state_name(text: str) -> str:
    """The full name of the one state that a text names; the text itself otherwise.

    >>> state_name("tx")
    'Texas'
    """
    found = states_in(text)
    return NAMES[min(found)] if len(found) == 1 else text
