"""Images of a PDF (ISO 32000-1, 8.9): the pixels, and nothing around them.

JPEGs are drawn anew as photos are. Other pictures keep their pixels: what they are packed in is unpacked, cut
to the size that the picture has, and packed anew.
"""

import zlib
from collections.abc import Mapping
from math import ceil

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from connector.cleaning.documents.jpeg import NoJpeg
from connector.cleaning.documents.pdf.colours import colour_space
from connector.cleaning.documents.pdf.copier import (
    Copier,
    How,
    Value,
    integer,
    is_stream,
    name_of,
    number,
    numbers,
)
from connector.cleaning.documents.pdf.inline_images import InlineImage
from connector.cleaning.documents.pdf.packed_images import bare_jbig2, bare_jpx
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Found, Trouble

_PICTURE_FILTERS = ("/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode")
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/Indexed": 1, "/Separation": 1, "/DeviceRGB": 3, "/CalRGB": 3}
_PIECE = 1 << 20
_CHANNELS |= {"/Lab": 3, "/DeviceCMYK": 4}


def image(copier: Copier, value: Value) -> Value:
    """An image XObject, a mask, or a soft mask."""
    return copier.once(value, "image", lambda register: _image(copier, value, register))


def _image(copier: Copier, value: Value, register: How) -> Value:
    width, height = integer(value.get("/Width")), integer(value.get("/Height"))
    if width <= 0 or height <= 0:
        return None
    fresh = register(Stream(copier.target, b""))
    copier.fill(fresh, value, _IMAGE)
    size = _bytes_of(value, width, height)
    if (kept := _as_it_is(copier, value, size, height)) is not None:
        fresh.write(kept, filter=Name.FlateDecode, decode_parms=_parameters(copier, "/FlateDecode", value.get("/DecodeParms")))
        return fresh
    packed, picture_filter, parameters = _unpacked(copier, value)
    if picture_filter is None:
        copier.pictures.count_bytes(len(packed))
        fresh.write(zlib.compress(packed[:size]), filter=Name.FlateDecode)
        return fresh
    try:
        data = _picture(copier, picture_filter, packed)
    except NoJpeg:
        copier.found |= Found.OTHER
        return None
    fresh.write(data, filter=Name(picture_filter), decode_parms=_parameters(copier, picture_filter, parameters))
    return fresh


def inline_image(copier: Copier, found: InlineImage) -> bytes | None:
    """An image within a content stream, its data as hexadecimal digits so that their end is plain."""
    source = " ".join(f"{key} {value.decode('latin-1')}" for key, value in found.entries.items())
    try:
        entries = pikepdf.Object.parse(f"<< {source} >>".encode("latin-1"))
        stream = Stream(copier.source, found.data, entries)
        width, height = integer(stream.get("/Width")), integer(stream.get("/Height"))
        packed, picture_filter, parameters = _unpacked(copier, stream)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError):
        return None
    if picture_filter is None:
        data, filters = zlib.compress(packed[: _bytes_of(stream, width, height)]), [Name.FlateDecode]
    else:
        try:
            data, filters = _picture(copier, picture_filter, packed), [Name(picture_filter)]
        except NoJpeg:
            return None
    fresh = copier.dictionary(stream, _IMAGE)
    for key in ("/SMask", "/Mask", "/Type", "/Subtype", "/SMaskInData"):
        if key in fresh:
            del fresh[key]
    fresh["/Filter"] = Array([Name.ASCIIHexDecode, *filters])
    if picture_filter == "/CCITTFaxDecode":
        kept = _parameters(copier, picture_filter, parameters)
        fresh["/DecodeParms"] = Array([None, kept])
    body = fresh.unparse()[2:-2].strip()
    return b"BI " + body + b"\nID " + data.hex().encode() + b">\nEI"


def _as_it_is(copier: Copier, value: Value, size: int | None, height: int) -> bytes | None:
    """What is packed as deflate, if it holds the picture and nothing else: not a byte before, after, or too many."""
    filters = [str(one) for one in _as_list(value.get("/Filter"))]
    if filters != ["/FlateDecode"] or size is None:
        return None
    for parameters in _as_list(value.get("/DecodeParms")):
        if isinstance(parameters, Dictionary) and integer(parameters.get("/Predictor"), 1) >= 10:
            # A byte before each row says how it is packed.
            size += height
    data: bytes = value.read_raw_bytes()
    inflate, length = zlib.decompressobj(), 0
    try:
        while not inflate.eof and length <= size:
            piece = inflate.decompress(data if not length else inflate.unconsumed_tail, _PIECE)
            if not piece:
                break
            length += len(piece)
    except zlib.error:
        return None
    copier.pictures.count_bytes(length)
    return data if inflate.eof and length == size and not inflate.unused_data else None


def _unpacked(copier: Copier, value: Value) -> tuple[bytes, str | None, Value]:
    """The data without what they are packed in, down to the format of a picture if there is one."""
    filters, parameters = _as_list(value.get("/Filter")), _as_list(value.get("/DecodeParms"))
    names = [str(one) for one in filters]
    if not names or names[-1] not in _PICTURE_FILTERS:
        return copier.unpack_picture(value), None, None
    parameters += [None] * (len(names) - len(parameters))
    if any(name in _PICTURE_FILTERS or name == "/Crypt" for name in names[:-1]):
        raise CannotClean(Trouble.UNKNOWN_PARTS)
    raw = value.read_raw_bytes()
    if len(names) > 1:
        outer = Stream(copier.source, raw)
        outer["/Filter"] = Array([Name(name) for name in names[:-1]])
        if any(isinstance(one, Dictionary) for one in parameters[:-1]):
            outer["/DecodeParms"] = Array(parameters[:-1])
        raw = copier.unpack(outer)
    return raw, names[-1], parameters[len(names) - 1]


def _as_list(value: Value) -> list[Value]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _picture(copier: Copier, picture_filter: str, data: bytes) -> bytes:
    match picture_filter:
        case "/DCTDecode":
            return copier.pictures.jpeg(data)
        case "/JPXDecode":
            return bare_jpx(data)
        case "/JBIG2Decode":
            return bare_jbig2(data)
        case _:
            return data


def _parameters(copier: Copier, picture_filter: str, value: Value) -> Value:
    if isinstance(value, Array) and len(value):
        value = value[0]
    if not isinstance(value, Dictionary):
        return None
    if picture_filter == "/FlateDecode":
        return copier.dictionary(value, _PREDICTOR)
    if picture_filter == "/CCITTFaxDecode":
        return copier.dictionary(value, _FAX)
    globals_ = value.get("/JBIG2Globals")
    if picture_filter == "/JBIG2Decode" and is_stream(globals_):
        shared = copier.once(
            globals_, "jbig2", lambda _: Stream(copier.target, bare_jbig2(copier.unpack(globals_)))
        )
        return Dictionary(JBIG2Globals=shared)
    return None


def _bytes_of(value: Value, width: int, height: int) -> int | None:
    """How many bytes the picture has once it is unpacked; None where its colour space is an unusual one."""
    bits = 1 if value.get("/ImageMask") is True else integer(value.get("/BitsPerComponent"), 8)
    space = value.get("/ColorSpace")
    channels: int | None = 1
    if value.get("/ImageMask") is not True:
        family = space[0] if isinstance(space, Array) and len(space) else space
        channels = _CHANNELS.get(str(family))
        if isinstance(space, Array) and str(family) == "/ICCBased":
            channels = integer(space[1].get("/N"), 3)
        elif isinstance(space, Array) and str(family) == "/DeviceN":
            channels = len(space[1])
    return None if channels is None else height * ceil(width * channels * bits / 8)


def _mask(copier: Copier, value: Value) -> Value:
    return image(copier, value) if is_stream(value) else numbers(copier, value)


_FAX: Mapping[str, How] = dict.fromkeys(
    ("/K", "/EndOfLine", "/EncodedByteAlign", "/Columns", "/Rows", "/EndOfBlock", "/BlackIs1"), number
)

_PREDICTOR: Mapping[str, How] = dict.fromkeys(
    ("/Predictor", "/Colors", "/BitsPerComponent", "/Columns"), number
)

_IMAGE: Mapping[str, How] = {
    "/Type": name_of("/XObject"),
    "/Subtype": name_of("/Image"),
    **dict.fromkeys(
        ("/Width", "/Height", "/BitsPerComponent", "/ImageMask", "/Interpolate", "/SMaskInData"), number
    ),
    "/ColorSpace": colour_space,
    "/Decode": numbers,
    "/Matte": numbers,
    "/Intent": name_of("/Perceptual", "/RelativeColorimetric", "/Saturation", "/AbsoluteColorimetric"),
    "/Mask": _mask,
    "/SMask": _mask,
}
