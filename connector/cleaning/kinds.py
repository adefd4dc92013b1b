"""Telling what a file is from its first bytes. Names and declared types are not believed.

This only chooses a decoder, or the words of a refusal: whether a file is what it looks like is for the decoder
to say. A container that may hold several kinds (ISO media, Matroska, ZIP) is named by its most likely one; the
routine that cleans it knows better and says what it made.
"""

from enum import Enum


class Kind(Enum):
    """What a file looks like."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    TIFF = "tiff"
    BMP = "bmp"
    HEIC = "heic"
    AVIF = "avif"
    MP4 = "mp4"
    MOV = "mov"
    THREE_GP = "3gp"
    WEBM = "webm"
    MKV = "mkv"
    AVI = "avi"
    M4A = "m4a"
    AAC = "aac"
    MP3 = "mp3"
    OGG = "ogg"
    WAV = "wav"
    FLAC = "flac"
    AMR = "amr"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TEXT = "text"
    OLD_OFFICE = "old office document"
    WEB_PAGE = "web page"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_ZIP_BASED = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

AS_WHAT = {
    Kind.JPEG: ("image/jpeg", "jpg"),
    Kind.PNG: ("image/png", "png"),
    Kind.WEBP: ("image/webp", "webp"),
    Kind.GIF: ("image/gif", "gif"),
    Kind.TIFF: ("image/tiff", "tif"),
    Kind.HEIC: ("image/heic", "heic"),
    Kind.AVIF: ("image/avif", "avif"),
    Kind.MP4: ("video/mp4", "mp4"),
    Kind.MOV: ("video/quicktime", "mov"),
    Kind.THREE_GP: ("video/3gpp", "3gp"),
    Kind.WEBM: ("video/webm", "webm"),
    Kind.MKV: ("video/x-matroska", "mkv"),
    Kind.AVI: ("video/x-msvideo", "avi"),
    Kind.M4A: ("audio/mp4", "m4a"),
    Kind.AAC: ("audio/aac", "aac"),
    Kind.MP3: ("audio/mpeg", "mp3"),
    Kind.OGG: ("audio/ogg", "ogg"),
    Kind.WAV: ("audio/wav", "wav"),
    Kind.FLAC: ("audio/flac", "flac"),
    Kind.AMR: ("audio/amr", "amr"),
    Kind.PDF: ("application/pdf", "pdf"),
    Kind.DOCX: (_ZIP_BASED + "wordprocessingml.document", "docx"),
    Kind.XLSX: (_ZIP_BASED + "spreadsheetml.sheet", "xlsx"),
    Kind.PPTX: (_ZIP_BASED + "presentationml.presentation", "pptx"),
    Kind.ODT: (_OPEN_DOCUMENT + "text", "odt"),
    Kind.ODS: (_OPEN_DOCUMENT + "spreadsheet", "ods"),
    Kind.ODP: (_OPEN_DOCUMENT + "presentation", "odp"),
    Kind.TEXT: ("text/plain", "txt"),
}
"""The media type and the extension of what leaves."""

PHOTOS = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.GIF, Kind.TIFF, Kind.BMP, Kind.HEIC, Kind.AVIF})
FILMS = frozenset({Kind.MP4, Kind.MOV, Kind.THREE_GP, Kind.WEBM, Kind.MKV, Kind.AVI})
SOUNDS = frozenset({Kind.M4A, Kind.AAC, Kind.MP3, Kind.OGG, Kind.WAV, Kind.FLAC, Kind.AMR})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})
OPEN_DOCUMENTS = frozenset({Kind.ODT, Kind.ODS, Kind.ODP})

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.OLD_OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\0", Kind.ARCHIVE),
    (b"ID3", Kind.MP3),
    (b"OggS", Kind.OGG),
    (b"fLaC", Kind.FLAC),
    (b"#!AMR", Kind.AMR),
)
"""The older office formats share one container (OLE)."""

_RIFF = {b"WEBP": Kind.WEBP, b"AVI ": Kind.AVI, b"WAVE": Kind.WAV}

_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), Kind.HEIC),
    **dict.fromkeys((b"avif", b"avis"), Kind.AVIF),
    **dict.fromkeys((b"M4A ", b"M4B "), Kind.M4A),
    b"qt  ": Kind.MOV,
}
"""Major brands of an ISO base media file (ISO/IEC 14496-12 and 23008-12). `3g..` is told apart below."""

_ANY_STILLS = frozenset({b"mif1", b"msf1"})
"""Brands that say no more than that it is a picture; how it is packed stands among the compatible brands."""
_BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""Lengths of the headers of a BMP: two letters alone also begin a text."""

_OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""QuickTime files older than `ftyp` begin with one of these atoms."""

_ZIP = b"PK\x03\x04"
_ZIP_PARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"opendocument.text", Kind.ODT),
    (b"opendocument.spreadsheet", Kind.ODS),
    (b"opendocument.presentation", Kind.ODP),
    (b"xl/", Kind.XLSX),
    (b"ppt/", Kind.PPTX),
    (b"word/", Kind.DOCX),
    (b"[Content_Types].xml", Kind.DOCX),
    (b"_rels/.rels", Kind.DOCX),
)
"""Names that stand near the beginning of office files, which are ZIP archives underneath."""

HEAD = 4096
"""How many bytes are looked at."""


def kind_of(head: bytes, declared_type: str | None = None) -> Kind:
    """What a file with this beginning (`HEAD` bytes, fewer if the file is shorter) looks like.

    `declared_type` only decides between words for the unknown.
    """
    if not head:
        return Kind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return _container(head) or _bare_sound(head) or _words(head, declared_type)


def _container(head: bytes) -> Kind | None:
    """Formats that say what they hold somewhat later."""
    kind = None
    if head.startswith(b"RIFF"):
        kind = _RIFF.get(head[8:12], Kind.UNKNOWN)
    elif head[4:8] == b"ftyp":
        brand = head[8:12]
        kind = Kind.THREE_GP if brand.startswith(b"3g") else _BRANDS.get(brand, Kind.MP4)
        if brand in _ANY_STILLS and not {b"avif", b"avis"}.isdisjoint(_compatible_brands(head)):
            kind = Kind.AVIF
    elif head[4:8] in _OLD_QUICKTIME:
        kind = Kind.MOV
    elif head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        kind = Kind.BMP
    elif head.startswith(b"\x1aE\xdf\xa3"):
        kind = Kind.WEBM if b"webm" in head[:64] else Kind.MKV
    elif head.startswith(_ZIP):
        kind = next((kind for part, kind in _ZIP_PARTS if part in head[:HEAD]), Kind.ARCHIVE)
    return kind


def _compatible_brands(head: bytes) -> list[bytes]:
    end = min(int.from_bytes(head[:4]), len(head))
    return [head[at : at + 4] for at in range(16, end, 4)]


def _bare_sound(head: bytes) -> Kind | None:
    """MPEG audio without a tag: a frame's sync word, then bits that tell the layer (ISO/IEC 11172-3, 13818-7)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xF0 != 0xF0:
        return None
    if head[1] & 0x06 == 0:
        return Kind.AAC
    return Kind.MP3 if head[2] & 0xF0 != 0xF0 else None


def _words(head: bytes, declared_type: str | None) -> Kind:
    """Text is what decodes as text and has no control characters in it; a page is text that begins like one."""
    text = _decoded(head)
    if text is None:
        return Kind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<", "<!doctype")) or (declared_type or "").endswith(("html", "xml")):
        return Kind.WEB_PAGE
    return Kind.TEXT


def _decoded(head: bytes) -> str | None:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    # A cut may have fallen into a character.
    for end in range(len(head), max(0, len(head) - 4), -1):
        try:
            text = head[:end].decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = any(char < " " and char not in "\t\r\n\f" for char in text)
        return None if controls else text
    return None
