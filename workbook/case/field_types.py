"""The types of field values, which clean their input. Knows pydantic and nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

LONGEST = 100_000  # characters in one answer; longer text stays on the page, marked as not saved

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without invisible and direction-changing characters, in Unicode normal form."""
    if text.isascii() and text.isprintable():
        return text  # most answers, and a case has hundreds
    text = _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def clean_text(value: Any) -> str:
    if value == "":
        return ""  # most fields of a case are empty
    if not isinstance(value, str | int | float):
        raise PydanticCustomError("text", "Write this answer as words.")
    text = clean(str(value))
    if len(text) > LONGEST:
        raise PydanticCustomError("long", "This answer is longer than 100,000 characters. Shorten it to save it.")
    return text


def _line(value: Any) -> str:
    if value == "":
        return ""
    return " ".join(clean_text(value).split())


def read_money(value: Any) -> Decimal:
    digits = re.sub(r"[\s$,]", "", str(value))
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        raise PydanticCustomError("money", "Write the amount in numbers, such as 250 or 1,500.00.") from None
    if not amount.is_finite() or not 0 <= amount < 1_000_000_000:
        raise PydanticCustomError("money", "Check the amount. Write it in numbers, such as 250.")
    return amount


def read_count(value: Any) -> int:
    text = str(value).strip().replace(",", "")
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,7}", text):
        raise PydanticCustomError("number", "Write a whole number, such as 3.")
    return int(text)


def read_last4(value: Any) -> str:
    """The last four letters or digits of a member number. The rest is never stored.

    Words in parentheses are dropped, and so is longer text without a digit: it is not a number.

    >>> read_last4("1EG4-TE5-MK73 (Bob)"), read_last4("not sure")
    ('MK73', '')
    """
    text = re.sub(r"[\W_]", "", re.sub(r"\([^)]*\)?", "", _line(value)))
    return text[-4:] if len(text) <= 4 or re.search(r"\d", text) else ""


def read_flag(value: Any) -> bool:
    if value in (True, "yes", "true"):
        return True
    if value in (False, None, "", "no", "false"):
        return False
    raise PydanticCustomError("flag", "Choose yes or no.")


Line = Annotated[str, BeforeValidator(_line)]
Text = Annotated[str, BeforeValidator(clean_text)]
Phone = Annotated[str, BeforeValidator(_line)]
Link = Annotated[str, BeforeValidator(_line)]
Last4 = Annotated[str, BeforeValidator(read_last4)]
Count = Annotated[int, BeforeValidator(read_count)]
Money = Annotated[Decimal, BeforeValidator(read_money), PlainSerializer(str, return_type=str)]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Ref = Annotated[str, BeforeValidator(_line)]
