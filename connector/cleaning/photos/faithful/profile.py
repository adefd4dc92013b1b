"""What becomes of a colour profile where the pixels stay as they are."""

from connector.cleaning.photos.faithful import Unsuited
from connector.cleaning.photos.profile_writing import profile_for
from connector.cleaning.photos.profiles import Known, is_standard_grey, known


def ours_for(profile: bytes | None, components: int) -> bytes | None:
    """Our profile of the same standard for a picture of so many colours; None where it looks right without one.

    Raises Unsuited for a profile that amounts to no standard: its numbers are as good as a serial number, and
    without it the colours would be wrong.
    """
    if profile is None or (components == 1 and profile[16:20] != b"GRAY"):
        return None
    if components == 1 and is_standard_grey(profile):
        return None
    standard = known(profile) if components == 3 else None
    if standard is None:
        raise Unsuited("colours that only its own profile explains")
    return None if standard is Known.SRGB else profile_for(standard)
