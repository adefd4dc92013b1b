"""A system call filter for the cleaning child: once up, the process can compute, read, write, and end.

It cannot open a file or a socket, start a program, look into another process or send it a signal. That is
what "a child process without keys" rests on: the keys lie on the same disk, under the same user. The list
says what is allowed; everything else fails with EPERM. Sources: seccomp(2), linux/seccomp.h, linux/audit.h,
asm/unistd.h.
"""

import ctypes
import platform
import struct
from types import MappingProxyType

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_RET_ALLOW = 0x7FFF0000
_RET_ERRNO_EPERM = 0x00050000 | 1
_RET_KILL_PROCESS = 0x80000000

_LOAD = 0x20
"""BPF_LD | BPF_W | BPF_ABS: load a word of struct seccomp_data."""
_JUMP_IF_EQUAL = 0x15
"""BPF_JMP | BPF_JEQ | BPF_K."""
_RETURN = 0x06
"""BPF_RET | BPF_K."""
_AT_NUMBER, _AT_ARCHITECTURE = 0, 4
"""Where the call's number and the architecture lie in struct seccomp_data."""


_ALLOWED = (
    # name, number on x86_64, number on aarch64
    ("read", 0, 63),
    ("write", 1, 64),
    ("close", 3, 57),
    ("fstat", 5, 80),
    ("lseek", 8, 62),
    ("pread64", 17, 67),
    ("pwrite64", 18, 68),
    ("ftruncate", 77, 46),
    ("mmap", 9, 222),
    ("mprotect", 10, 226),
    ("munmap", 11, 215),
    ("brk", 12, 214),
    ("mremap", 25, 216),
    ("madvise", 28, 233),
    ("rt_sigaction", 13, 134),
    ("rt_sigprocmask", 14, 135),
    ("rt_sigreturn", 15, 139),
    ("restart_syscall", 219, 128),
    ("sched_yield", 24, 124),
    ("futex", 202, 98),
    ("getpid", 39, 172),
    ("gettimeofday", 96, 169),
    ("clock_gettime", 228, 113),
    ("getrandom", 318, 278),
    ("exit", 60, 93),
    ("exit_group", 231, 94),
)

_ARCHITECTURES = MappingProxyType(
    {
        "x86_64": (0xC000003E, tuple(number for _, number, _ in _ALLOWED)),
        "aarch64": (0xC00000B7, tuple(number for _, _, number in _ALLOWED)),
    }
)
"""AUDIT_ARCH_* and the calls. Calls made in another mode (32 bit on a 64 bit kernel) kill."""


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(libc: ctypes.CDLL) -> bool:
    """Put the filter up for this process, for good. False where the kernel does not let us.

    PR_SET_NO_NEW_PRIVS must have been set before.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if known is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    code = _program(*known)
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(architecture: int, allowed: tuple[int, ...]) -> bytes:
    lines = [
        (_LOAD, 0, 0, _AT_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _RET_KILL_PROCESS),
        (_LOAD, 0, 0, _AT_NUMBER),
        # Each comparison jumps over those that follow it and over the refusal. The x32 calls of x86_64 carry
        # a high bit in their number, so that they equal none of these.
        *((_JUMP_IF_EQUAL, len(allowed) - index, 0, call) for index, call in enumerate(allowed)),
        (_RETURN, 0, 0, _RET_ERRNO_EPERM),
        (_RETURN, 0, 0, _RET_ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
