"""How the tests ask for a file to be cleaned, and what they expect back."""

from connector.cleaning import Cleaned, Cleaner, Refused, Upload


def cleaned(cleaner: Cleaner, data: bytes) -> Cleaned:
    """The clean photo; fails where the file was refused."""
    (result,) = cleaner.clean([Upload(data)])
    assert isinstance(result, Cleaned), result
    return result


def refusal(cleaner: Cleaner, data: bytes, declared_type: str | None = None) -> str:
    """The reason of the refusal; fails where the file was accepted."""
    (result,) = cleaner.clean([Upload(data, declared_type)])
    assert isinstance(result, Refused), result
    return result.reason
