"""Telephone numbers of contacts: written in full, and never one that a machine must not call. The home of phonenumbers."""

from typing import Annotated, Any

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType, shortnumberinfo
from pydantic import PlainValidator

from connector.config.problems import wrong

_SHORT = 6
"""Numbers of so few digits are services, whatever the country."""
_REMEDY = "write the full number with + and country code, as +15055550101"
_PLANNED = ("911", "112", "999", "988", "110", "113", "118", "119", "000", "108", "190", "191", "192")
"""Emergency and crisis numbers of many countries: refused as they are and behind any country code."""


def _phone(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong("CFG-E050", "is no telephone number", _REMEDY)
    digits = "".join(char for char in value if char.isdigit())
    if digits in _PLANNED or (digits and len(digits) <= _SHORT):
        raise _emergency()
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        raise wrong("CFG-E050", "is no telephone number", _REMEDY) from None
    _refuse_emergency(number)
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise wrong("CFG-E050", "is no telephone number", _REMEDY)
    if phonenumbers.number_type(number) is PhoneNumberType.PREMIUM_RATE or _is_premium(number):
        raise wrong("CFG-E052", "is a premium number", "write an ordinary number")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _refuse_emergency(number: PhoneNumber) -> None:
    """A programme must never call 911 and its like: such calls go to whoever is near the provider, and are forbidden."""
    national = str(number.national_number)
    regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    if (
        national in _PLANNED
        or len(national) <= _SHORT - 1
        or any(shortnumberinfo.is_emergency_number(national, region) for region in regions)
    ):
        raise _emergency()


def _emergency() -> Exception:
    return wrong(
        "CFG-E051",
        "is an emergency or short number",
        "write the full number of a line that the agency has named for this",
    )


def _is_premium(number: PhoneNumber) -> bool:
    """North America's 900 numbers also where the rest is no number in use."""
    return number.country_code == 1 and str(number.national_number).startswith("900")


def is_toll_free(phone: str) -> bool:
    """Whether a number in E.164 is toll-free: a call centre's, hardly a watch desk's."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone, None))
    return kind == PhoneNumberType.TOLL_FREE


Phone = Annotated[str, PlainValidator(_phone)]
"""A telephone number, E.164 in the end. Never an emergency, short or premium number."""
