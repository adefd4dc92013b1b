"""The canary reporter: marks that nobody could write by accident, and the search for them in everything that leaves."""

import base64
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational


@dataclass(frozen=True, slots=True)
class Canary:
    """Everything technical by which this reporter could be recognised, and words that staff alone may read."""

    address: str = "203.0.113.77"
    agent: str = "CanaryBrowser/9.87 (Kanarienvogel-Phone)"
    file_name: str = "canary-maria-kanarienvogel-IMG_20261124.jpg"
    device: str = "Kanarienvogel-Cam-XZ9"
    serial: str = "SN-CANARY-5511223344"
    referrer: str = "https://canary.example.org/where-she-came-from"
    words: str = "wellensittich behind the gym"

    @property
    def never_leaves(self) -> tuple[str, ...]:
        """What may be nowhere: not in the helpdesk, not on the disk, not in a log."""
        return (self.address, self.agent, self.file_name, self.device, self.serial, self.referrer)

    @property
    def headers(self) -> dict[str, str]:
        """What the canary's browser sends along."""
        return {
            "User-Agent": self.agent,
            "X-Forwarded-For": self.address,
            "X-Real-IP": self.address,
            "Referer": self.referrer,
            "Accept-Language": "xx-canary",
        }

    def photo(self) -> bytes:
        """A photo with position, device and serial number in it."""
        image = Image.new("RGB", (64, 48), (200, 30, 30))
        exif = Image.Exif()
        exif[Base.Make] = self.device
        exif[Base.Software] = self.device
        exif[Base.ImageDescription] = self.file_name
        inner = exif.get_ifd(IFD.Exif)
        inner[Base.BodySerialNumber] = self.serial
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = (
            "N",
            (IFDRational(48), IFDRational(51), IFDRational(24)),
        )
        out = BytesIO()
        image.save(out, "JPEG", exif=exif, comment=self.serial.encode())
        return out.getvalue()


def found_in(haystack: bytes, needles: tuple[str, ...]) -> list[str]:
    """The needles that are in these bytes, also written as base64, percent-encoded or as a JSON or UTF-16 string."""
    lowered = haystack.lower()
    return [needle for needle in needles if any(form in lowered for form in _forms(needle))]


def _forms(needle: str) -> list[bytes]:
    raw = needle.encode()
    forms = [raw, quote(needle).encode(), needle.encode("utf-16-le"), raw.hex().encode()]
    # Base64 of a part looks different at each of the three alignments; the ends depend on what stands around.
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        forms.append(encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4])
    return [form.lower() for form in forms if len(form) >= 8]
