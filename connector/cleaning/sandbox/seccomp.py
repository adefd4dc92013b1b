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
_RET_ERRNO_ENOSYS = 0x00050000 | 38
_RET_KILL_PROCESS = 0x80000000

_LOAD = 0x20
"""BPF_LD | BPF_W | BPF_ABS: load a word of struct seccomp_data."""
_JUMP_IF_EQUAL = 0x15
"""BPF_JMP | BPF_JEQ | BPF_K."""
_RETURN = 0x06
"""BPF_RET | BPF_K."""
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16
"""Where the call's number, the architecture and the lower half of its first argument lie in struct seccomp_data."""


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

_ALLOWED_TO_A_THREAD = (("set_robust_list", 273, 99), ("rseq", 334, 293))
"""What the C library calls when a thread begins."""

_ARCHITECTURES = MappingProxyType(
    {
        "x86_64": (0xC000003E, 1),
        "aarch64": (0xC00000B7, 2),
    }
)
"""AUDIT_ARCH_* and the column of numbers. Calls made in another mode (32 bit on a 64 bit kernel) kill."""

_CLONE = ("clone", 56, 220)
_CLONE3 = ("clone3", 435, 435)
_THREAD_FLAGS = (0x3D0F00, 0x7D0F00)
"""With which flags glibc and musl ask for a thread. A process would be another number, a new program a third."""


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(libc: ctypes.CDLL, *, threads: bool = False) -> bool:
    """Put the filter up for this process, for good. False where the kernel does not let us.

    With `threads`, threads of this process may begin; processes still may not. PR_SET_NO_NEW_PRIVS must have
    been set before.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if known is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    code = _program(*known, threads=threads)
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(architecture: int, column: int, *, threads: bool) -> bytes:
    allowed = (*_ALLOWED, *_ALLOWED_TO_A_THREAD) if threads else _ALLOWED
    lines = [
        (_LOAD, 0, 0, _AT_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _RET_KILL_PROCESS),
        (_LOAD, 0, 0, _AT_NUMBER),
        *(_thread_lines(int(_CLONE[column]), int(_CLONE3[column])) if threads else ()),
        # Each comparison jumps over those that follow it and over the refusal. The x32 calls of x86_64 carry
        # a high bit in their number, so that they equal none of these.
        *((_JUMP_IF_EQUAL, len(allowed) - index, 0, int(call[column])) for index, call in enumerate(allowed)),
        (_RETURN, 0, 0, _RET_ERRNO_EPERM),
        (_RETURN, 0, 0, _RET_ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _thread_lines(clone: int, clone3: int) -> tuple[tuple[int, int, int, int], ...]:
    return (
        # Its flags lie in memory, where a filter cannot see them: the C library then takes the older call.
        (_JUMP_IF_EQUAL, 0, 1, clone3),
        (_RETURN, 0, 0, _RET_ERRNO_ENOSYS),
        (_JUMP_IF_EQUAL, 0, 5, clone),
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 2, 0, _THREAD_FLAGS[0]),
        (_JUMP_IF_EQUAL, 1, 0, _THREAD_FLAGS[1]),
        (_RETURN, 0, 0, _RET_ERRNO_EPERM),
        (_RETURN, 0, 0, _RET_ALLOW),
    )
