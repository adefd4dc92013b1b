"""Into which container a film goes, and what of it is copied.

| picture                                | sound                                        | becomes |
|----------------------------------------|----------------------------------------------|---------|
| H.264, HEVC, AV1, VP9, MPEG-4          | AAC, MP3, AC-3, E-AC-3, ALAC, Opus, FLAC     | MP4     |
| none                                   | the same                                     | M4A     |
| H.263; H.264, MPEG-4 or none with AMR  | AMR, AAC                                     | 3GP     |
| VP8, VP9, AV1 or none, from Matroska   | Opus, Vorbis                                 | WebM    |
| none, from WAV                         | PCM                                          | WAV     |

MOV, MKV and AVI are read and never written: fewer containers, less to look through afterwards. Sound that does
not fit its container is encoded anew: PCM into FLAC, sample for sample; all else into AAC, or Opus in WebM.
Any other picture is drawn anew in H.264.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from connector.cleaning.kinds import Kind

_MP4_PICTURES = frozenset({"h264", "hevc", "av1", "vp9", "mpeg4"})
_MP4_SOUNDS = frozenset({"aac", "mp3", "ac3", "eac3", "alac", "opus", "flac"})
_3GP_PICTURES = frozenset({"h263", "h264", "mpeg4"})
_AMR = frozenset({"amr_nb", "amr_wb"})
_WEBM_PICTURES = frozenset({"vp8", "vp9", "av1"})
_WEBM_SOUNDS = frozenset({"opus", "vorbis"})
_WAV_SOUNDS = frozenset(
    {"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw"}
)

_COMMON = {"fflags": "+bitexact"}
_ISO = {**_COMMON, "movflags": "+faststart", "empty_hdlr_name": "1", "write_tmcd": "0"}

MUXERS: Mapping[Kind, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        Kind.MP4: ("mp4", _ISO),
        Kind.M4A: ("mp4", {**_ISO, "brand": "M4A "}),
        Kind.THREE_GP: ("3gp", _ISO),
        Kind.WEBM: ("webm", _COMMON),
        Kind.WAV: ("wav", _COMMON),
    }
)
"""FFmpeg's name of the format, and its options: no versions, no random numbers, no names of handlers."""

_COPIED: Mapping[Kind, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        Kind.MP4: (_MP4_PICTURES, _MP4_SOUNDS),
        Kind.M4A: (frozenset(), _MP4_SOUNDS),
        Kind.THREE_GP: (_3GP_PICTURES, _AMR | {"aac"}),
        Kind.WEBM: (_WEBM_PICTURES, _WEBM_SOUNDS),
        Kind.WAV: (frozenset(), _WAV_SOUNDS),
    }
)


@dataclass(frozen=True, slots=True)
class Packing:
    """The container, and what becomes of each stream: a codec's name where it is encoded anew, else None."""

    kind: Kind
    picture: str | None
    sounds: tuple[str | None, ...]


def packing_for(kind: Kind, picture: str | None, sounds: tuple[str, ...], *, redraw: bool = False) -> Packing:
    """How a file of this kind with these codecs is packed; `redraw` where the picture may not be copied."""
    target = Kind.MP4 if redraw else _container(kind, picture, sounds)
    pictures, kept = _COPIED[target]
    drawn = picture is not None and (redraw or picture not in pictures)
    if drawn and target is not Kind.MP4:
        return packing_for(kind, picture, sounds, redraw=True)
    return Packing(
        target,
        "libx264" if drawn else None,
        tuple(None if sound in kept else _encoder(target, sound) for sound in sounds),
    )


def _container(kind: Kind, picture: str | None, sounds: tuple[str, ...]) -> Kind:
    from_matroska = kind in (Kind.WEBM, Kind.MKV)
    if kind is Kind.WAV:
        return Kind.WAV
    if picture == "vp8" or (from_matroska and picture in (*_WEBM_PICTURES, None) and _WEBM_SOUNDS.issuperset(sounds)):
        return Kind.WEBM
    if picture == "h263" or (picture in (*_3GP_PICTURES, None) and _AMR.intersection(sounds)):
        return Kind.THREE_GP
    return Kind.MP4 if picture else Kind.M4A


def _encoder(target: Kind, sound: str) -> str:
    if target is Kind.WAV:
        return "pcm_s16le"
    if target is Kind.WEBM:
        return "libopus"
    lossless = sound.startswith("pcm_") and target in (Kind.MP4, Kind.M4A)
    return "flac" if lossless else "aac"
