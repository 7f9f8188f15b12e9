"""What the process gives up before it reads the file: memory, time, files, processes, network, privileges.

RLIMIT_NOFILE at 3 is the portable part: no file and no socket can be opened any more. The network namespace and the
change of account are added when the kernel allows them; where it refuses, the limit above already holds.
"""

import contextlib
import ctypes
import os
import resource
import sys

SECONDES_CPU = 10
MEMOIRE = 512 * 1024 * 1024
PERSONNE = 65534
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38


def s_enfermer() -> None:
    """Give everything up; cannot be undone in this process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES_CPU, SECONDES_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    if sys.platform == "linux":
        _quitter_le_reseau()
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(PERSONNE)
            os.setuid(PERSONNE)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _quitter_le_reseau() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.unshare(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER)
