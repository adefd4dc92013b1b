"""Cleaning films and sound: packed anew, without what is not picture or sound."""

import os
from typing import BinaryIO

import av

from connector.cleaning.films import lone_sounds
from connector.cleaning.films.behind_tags import behind_tags
from connector.cleaning.films.boxes import is_encrypted, top_boxes
from connector.cleaning.films.finishing import finish
from connector.cleaning.films.lanes import MustBeDrawnAnew, OutOfOrder
from connector.cleaning.films.packing import Packing, packing_for
from connector.cleaning.films.places import Places
from connector.cleaning.films.reading import Shown, opened, shown
from connector.cleaning.films.repacking import lag, repack
from connector.cleaning.films.shrinking import shrink
from connector.cleaning.films.telling import look
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed, Wish
from connector.cleaning.words import NOTHING, Found, Trouble

_ISO = frozenset({Kind.MP4, Kind.MOV, Kind.THREE_GP, Kind.M4A})


def wash(kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
    """The film or sound packed anew, and made smaller where `wish.fit` asks for it."""
    kind = behind_tags(kind, source)
    try:
        washed = _packed_anew(kind, source, out, wish)
    except av.FFmpegError:
        raise CannotClean(_trouble(kind, source)) from None
    if wish.fit is not None and os.fstat(out.fileno()).st_size > wish.fit:
        made = shrink(kind, source, out, wish.fit)
        return Washed(made, washed.found)
    return washed


def _packed_anew(kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
    alone = lone_sounds.ROUTINES.get(kind)
    washed = None if alone is None else alone(source, out)
    return washed or _film(kind, source, out, wish)


def _film(kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
    found = NOTHING
    with opened(kind, source) as film:
        taken = shown(film)
        if taken.picture is None and not taken.sounds:
            raise CannotClean(_trouble(kind, source))
        _check_size(taken, wish)
        found = look(kind, source, film, taken)
        codecs = _codecs(taken)
    if kind in _ISO and is_encrypted(source):
        raise CannotClean(Trouble.ENCRYPTED)
    packing = packing_for(kind, *codecs)
    try:
        _written(kind, source, out, packing)
    except MustBeDrawnAnew:
        packing = packing_for(kind, *codecs, redraw=True)
        _written(kind, source, out, packing)
        found |= Found.HIDDEN
    return Washed(packing.kind, found)


def _written(kind: Kind, source: BinaryIO, out: BinaryIO, packing: Packing) -> None:
    try:
        _tried(kind, source, out, packing, 0)
    except OutOfOrder:
        with opened(kind, source) as film:
            taken = shown(film)
            if taken.picture is None:
                raise CannotClean(Trouble.DAMAGED) from None
            earlier = lag(film, taken.picture)
        try:
            _tried(kind, source, out, packing, earlier)
        except OutOfOrder:
            raise MustBeDrawnAnew from None


def _tried(kind: Kind, source: BinaryIO, out: BinaryIO, packing: Packing, earlier: int) -> None:
    places = Places(top_boxes(source) if kind in _ISO else None)
    with opened(kind, source) as film:
        repack(film, shown(film), packing, out, places=places, earlier=earlier)
    finish(packing.kind, out)


def _codecs(taken: Shown) -> tuple[str | None, tuple[str, ...]]:
    """FFmpeg's names of the codecs of picture and sounds."""
    picture = taken.picture
    return (
        None if picture is None else picture.codec_context.codec.canonical_name,
        tuple(sound.codec_context.codec.canonical_name for sound in taken.sounds),
    )


def _check_size(taken: Shown, wish: Wish) -> None:
    if taken.picture is not None:
        context = taken.picture.codec_context
        if context.width * context.height > wish.pixels:
            raise CannotClean(Trouble.TOO_MANY_PIXELS)


def _trouble(kind: Kind, source: BinaryIO) -> Trouble:
    """Why a film cannot be read."""
    return Trouble.ENCRYPTED if kind in _ISO and is_encrypted(source) else Trouble.DAMAGED
