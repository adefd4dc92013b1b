"""Photos made by the tests themselves, with words planted in every place where a phone or an app leaves something.

Each planted word begins with `planted-` and says where it was; `planted_in` finds what is left of them.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 220), (255, 255, 255)

_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED = 2, 3, 4, 5, 7
_PLANTED = re.compile(rb"planted-[a-z-]+")


def picture(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ, so that one sees which way up it is: red, green, blue, white, clockwise."""
    image = Image.new("RGB", (width, height), (128, 128, 128))
    draw, (x, y) = ImageDraw.Draw(image), (width // 2 - 1, height // 2 - 1)
    for corner, colour in zip(
        ((0, 0, x, y), (x + 1, 0, width, y), (x + 1, y + 1, width, height), (0, y + 1, x, height)),
        (RED, GREEN, BLUE, WHITE),
        strict=True,
    ):
        draw.rectangle(corner, fill=colour)
    return image.convert(mode)


def corners(image: Image.Image) -> tuple[str, ...]:
    """The names of the four corners' colours, clockwise from the top left."""
    wide, high = image.width - 1, image.height - 1
    shown = image.convert("RGB")
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white"}
    found = []
    for at in ((0, 0), (wide, 0), (wide, high), (0, high)):
        pixel = shown.getpixel(at)
        assert isinstance(pixel, tuple)
        found.append(min(names, key=lambda name: sum((a - b) ** 2 for a, b in zip(name, pixel, strict=True))))
    return tuple(names[colour] for colour in found)


def jpeg(image: Image.Image | None = None, **options: object) -> bytes:
    """A JPEG as Pillow writes it."""
    return _saved(image or picture(), "JPEG", **options)


def png(image: Image.Image | None = None, **options: object) -> bytes:
    """A PNG as Pillow writes it."""
    return _saved(image or picture(), "PNG", **options)


def _saved(image: Image.Image, format_name: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, format_name, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """The decoded picture."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def srgb_profile(name: str = "planted-profile") -> bytes:
    """A real colour profile whose description was written over."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    old = "sRGB built-in".encode("utf-16-be")
    return profile.replace(old, name[:13].ljust(13).encode("utf-16-be"))


@dataclass(frozen=True, slots=True)
class _Tag:
    number: int
    kind: int
    count: int
    value: bytes


def _text(number: int, words: str) -> _Tag:
    return _Tag(number, _ASCII, len(words) + 1, words.encode() + b"\0")


def _blob(number: int, data: bytes) -> _Tag:
    return _Tag(number, _UNDEFINED, len(data), data)


def _degrees(number: int, degrees: float) -> _Tag:
    millionths = round(degrees * 1_000_000)
    return _Tag(number, _RATIONAL, 3, struct.pack("<6I", millionths, 1_000_000, 0, 1, 0, 1))


def _directory(tags: Iterable[_Tag], offset: int, following: int = 0) -> bytes:
    """An image file directory (TIFF 6.0, section 2) that will lie at `offset`, with its long values behind it."""
    rows, rest = b"", b""
    ordered = sorted(tags, key=lambda tag: tag.number)
    behind = offset + 2 + 12 * len(ordered) + 4
    for tag in ordered:
        if len(tag.value) <= 4:
            value = tag.value.ljust(4, b"\0")
        else:
            value = struct.pack("<I", behind + len(rest))
            rest += tag.value + b"\0" * (len(tag.value) % 2)
        rows += struct.pack("<HHI", tag.number, tag.kind, tag.count) + value
    return struct.pack("<H", len(ordered)) + rows + struct.pack("<I", following) + rest


def exif(orientation: int = 1) -> bytes:
    """What phones write (EXIF 2.32): camera, serial numbers, dates, names, position, a maker note, a thumbnail."""
    thumbnail = jpeg(picture(16, 16), comment=b"planted-thumbnail")
    inner_tags = [
        _text(0x9003, "2026:11:24 07:45:01"),
        _blob(0x927C, b"Apple iOS\0\0\1MM planted-maker-note"),
        _blob(0x9286, b"ASCII\0\0\0planted-user-comment"),
        _text(0xA430, "planted-camera-owner"),
        _text(0xA431, "planted-body-serial"),
    ]
    place_tags = [
        _text(0x0001, "N"),
        _degrees(0x0002, 48.8566),
        _text(0x0003, "E"),
        _degrees(0x0004, 2.3522),
        _text(0x001D, "2026:11:24"),
    ]

    def main(inner: int, place: int, following: int) -> bytes:
        tags = [
            _text(0x010E, "planted-description"),
            _text(0x010F, "planted-make"),
            _text(0x0110, "planted-model"),
            _Tag(0x0112, _SHORT, 1, struct.pack("<H", orientation)),
            _text(0x0131, "planted-software"),
            _text(0x0132, "2026:11:24 07:45:00"),
            _text(0x013B, "planted-artist"),
            _Tag(0x8769, _LONG, 1, struct.pack("<I", inner)),
            _Tag(0x8825, _LONG, 1, struct.pack("<I", place)),
        ]
        return _directory(tags, 8, following)

    inner_at = 8 + len(main(0, 0, 0))
    place_at = inner_at + len(_directory(inner_tags, 0))
    preview_at = place_at + len(_directory(place_tags, 0))

    def preview(at: int) -> bytes:
        tags = [
            _Tag(0x0201, _LONG, 1, struct.pack("<I", at)),
            _Tag(0x0202, _LONG, 1, struct.pack("<I", len(thumbnail))),
        ]
        return _directory(tags, preview_at)

    return (
        b"II*\0\x08\0\0\0"
        + main(inner_at, place_at, preview_at)
        + _directory(inner_tags, inner_at)
        + _directory(place_tags, place_at)
        + preview(preview_at + len(preview(0)))
        + thumbnail
    )


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="48,51.4N" '
    b'tiff:Make="planted-xmp-make" xmp:CreateDate="2026-11-24T07:45:00" xmpMM:DocumentID="planted-xmp-id">'
    b"<dc:creator>planted-xmp-creator</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x17\x1c\x02\x50\0\x12planted-iptc-byline\0"
TRAILER = b"planted-trailer" + b"\0\0\0\x18ftypmp42planted-motion-clip"
PRIVATE = b"planted-private-data"


def segment(marker: int, payload: bytes) -> bytes:
    """One JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def planted_segments(orientation: int = 1) -> dict[str, bytes]:
    """What may stand in a JPEG besides its picture, by name."""
    second = jpeg(picture(8, 8), comment=b"planted-second-comment")
    return {
        "exif": segment(0xE1, b"Exif\0\0" + exif(orientation)),
        "xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        "more xmp": segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0planted-extended-xmp"),
        "icc": segment(0xE2, b"ICC_PROFILE\0\1\1" + srgb_profile()),
        "mpf": segment(0xE2, b"MPF\0II*\0\x08\0\0\0\0\0planted-second-picture"),
        "jfxx": segment(0xE0, b"JFXX\0\x10" + second),
        "content credentials": segment(0xEB, b"JP\0\1\0\0\0\1\0\0\0\x20jumbplanted-content-credentials"),
        "iptc": segment(0xED, IPTC),
        "ducky": segment(0xEC, b"Ducky\0\2planted-ducky"),
        "unknown": segment(0xE5, b"planted-unknown-segment"),
        "comment": segment(0xFE, b"planted-comment"),
    }


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with these segments before its first table."""
    at = data.index(b"\xff\xdb")
    return data[:at] + b"".join(segments) + data[at:]


def loaded_jpeg(orientation: int = 1, image: Image.Image | None = None) -> bytes:
    """A JPEG with everything in it, and a second picture and a film behind its end."""
    second = with_segments(jpeg(picture(8, 8)), planted_segments()["exif"])
    return with_segments(jpeg(image), *planted_segments(orientation).values()) + second + TRAILER


def chunk(name: bytes, payload: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def planted_chunks(orientation: int = 1) -> dict[str, bytes]:
    """What may stand in a PNG besides its picture, by name."""
    return {
        "text": chunk(b"tEXt", b"Author\0planted-text"),
        "compressed text": chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"planted-compressed-text")),
        "international text": chunk(b"iTXt", b"Title\0\0\0en\0\0planted-international-text"),
        "xmp": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        "exif": chunk(b"eXIf", exif(orientation)),
        "icc": chunk(b"iCCP", b"planted-profile-name\0\0" + zlib.compress(srgb_profile())),
        "time": chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 24, 7, 45, 0)),
        "content credentials": chunk(b"caBX", b"\0\0\0\x20jumbplanted-content-credentials"),
        "private": chunk(b"prVt", PRIVATE),
    }


def with_chunks(data: bytes, *chunks: bytes) -> bytes:
    """A PNG with these chunks before its picture."""
    at = data.index(b"IDAT") - 4
    return data[:at] + b"".join(chunks) + data[at:]


def loaded_png(orientation: int = 1, image: Image.Image | None = None) -> bytes:
    """A PNG with everything in it, and the rest of an uncropped picture behind its end."""
    return with_chunks(png(image), *planted_chunks(orientation).values()) + png() + TRAILER


def planted_in(data: bytes) -> set[str]:
    """The planted words that are still in a file, plain, in UTF-16, or in a compressed part."""
    found: set[bytes] = set()
    for form in (data, *_inflated(data)):
        found.update(_PLANTED.findall(form))
        # Every second byte of UTF-16 is nought, whichever way round.
        found.update(_PLANTED.findall(form.replace(b"\0", b"")))
    return {word.decode() for word in found}


def _inflated(data: bytes) -> list[bytes]:
    parts = []
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.start() :], 10_000_000))
        except zlib.error:
            continue
    return parts
