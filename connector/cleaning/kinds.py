"""Telling what a file is from its first bytes. Names and declared types are not believed.

This only chooses a decoder, or the words of a refusal: whether a file is the picture it looks like is for the
decoder to say, and what else it carries does not matter, since only its pixels are passed on.
"""

from enum import Enum


class Kind(Enum):
    """What a file looks like. Only JPEG and PNG can be cleaned yet."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    PICTURE = "other picture"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    VIDEO = "video"
    SOUND = "sound"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"%PDF-", Kind.DOCUMENT),
    (b"{\\rtf", Kind.DOCUMENT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOCUMENT),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"\x1aE\xdf\xa3", Kind.VIDEO),
    (b"ID3", Kind.SOUND),
    (b"OggS", Kind.SOUND),
    (b"fLaC", Kind.SOUND),
    (b"#!AMR", Kind.SOUND),
)
"""The older office formats share one container (OLE); Matroska and WebM share one beginning (EBML)."""

_RIFF = {b"WEBP": Kind.PICTURE, b"AVI ": Kind.VIDEO, b"WAVE": Kind.SOUND}

_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), Kind.HEIC),
    **dict.fromkeys((b"avif", b"avis"), Kind.PICTURE),
    **dict.fromkeys((b"M4A ", b"M4B "), Kind.SOUND),
}
"""Major brands of an ISO base media file (ISO/IEC 14496-12 and 23008-12). All others are films to us."""

_ZIP = b"PK\x03\x04"
_DOCUMENT_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/", b"_rels/.rels", b"word/", b"xl/", b"ppt/")
"""Names that stand near the beginning of office files, which are ZIP archives underneath."""

_DECLARED = {"video": Kind.VIDEO, "audio": Kind.SOUND, "text": Kind.DOCUMENT}


def kind_of(data: bytes, declared_type: str | None = None) -> Kind:
    """What `data` looks like. `declared_type` only decides between kinds that are refused anyway."""
    if not data:
        return Kind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], Kind.UNKNOWN)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], Kind.VIDEO)
    if data.startswith(_ZIP):
        return Kind.DOCUMENT if any(part in data[:4096] for part in _DOCUMENT_PARTS) else Kind.ARCHIVE
    family = (declared_type or "").partition("/")[0].strip().lower()
    return _DECLARED.get(family, Kind.UNKNOWN)
