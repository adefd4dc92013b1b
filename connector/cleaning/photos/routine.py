"""Cleaning photos: drawn anew, or filtered without loss where that is wished for and possible."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import pages, stills
from connector.cleaning.photos.moving import apng, avif, gif, webp
from connector.cleaning.routines import Washed, Wish
from connector.cleaning.photos.faithful import Unsuited
from connector.cleaning.photos import faithful
