"""What the application segments of a JPEG say of how it is to be shown."""

from dataclasses import dataclass, field

from connector.cleaning.photos import jpeg_segments as jpeg
from connector.cleaning.photos.opening import orientation_in

_ICC = b"ICC_PROFILE\0"
_MOST_PROFILE = 4_000_000


@dataclass(slots=True)
class Notes:
    """Filled segment by segment; the first word counts."""

    has_jfif: bool = False
    transform: int | None = None
    """How Adobe's programs have mixed the colours: 0, 1 or 2."""
    orientation: int = 1
    _has_exif: bool = False
    _profile: dict[int, bytes] = field(default_factory=dict)

    def take(self, marker: int, payload: bytes) -> None:
        """Look at an application segment."""
        if marker == jpeg.APP0 and payload.startswith(b"JFIF\0"):
            self.has_jfif = True
        elif marker == jpeg.APP1 and payload.startswith(b"Exif\0") and not self._has_exif:
            self._has_exif = True
            self.orientation = orientation_in(payload)
        elif marker == jpeg.APP2 and payload.startswith(_ICC) and len(payload) > len(_ICC) + 2:
            self._profile.setdefault(payload[len(_ICC)], payload[len(_ICC) + 2 :])
        elif marker == jpeg.APP14 and payload.startswith(b"Adobe") and len(payload) >= 12:
            self.transform = min(payload[11], 2)

    def profile(self) -> bytes | None:
        """The colour profile, put together."""
        whole = b"".join(self._profile[number] for number in sorted(self._profile))
        return whole[:_MOST_PROFILE] or None
