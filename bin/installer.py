"""Make .venv with the locked dependencies; nothing but Python's own library. Two at once wait for each other."""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
TEMOIN = VENV / "jalon-installe"


def empreinte() -> str:
    """Changes with the dependencies, and with the Python that runs them."""
    condense = hashlib.sha256(sys.version.encode())
    for nom in ("requirements.lock", "pyproject.toml"):
        condense.update((RACINE / nom).read_bytes())
    return condense.hexdigest()


def environnement() -> dict[str, str]:
    """Ours, with a cache that can be written when there is no home."""
    variables = {"UV_LINK_MODE": "copy", **os.environ}
    if "UV_CACHE_DIR" not in variables and not os.access(variables.get("HOME") or "/nonexistent", os.W_OK):
        variables["UV_CACHE_DIR"] = str(VENV / "cache-uv")
    return variables


def lancer(*commande: str) -> None:
    """Run one step, again with the certificates of the system if it fails; its own words are shown when both have failed."""
    premier = subprocess.run(commande, env=environnement(), cwd=RACINE, check=False, capture_output=True)
    if premier.returncode == 0:
        return
    if subprocess.run(commande, env={**environnement(), "UV_SYSTEM_CERTS": "1"}, cwd=RACINE, check=False).returncode != 0:
        sys.exit("L’installation des dépendances a échoué (le message est ci-dessus). Vérifiez l’accès à PyPI, puis relancez.")


def installer() -> None:
    """venv, then uv at its declared version, then the lock file with its hashes, then Jalon itself."""
    python, uv = str(VENV / "bin" / "python"), str(VENV / "bin" / "uv")
    if (
        not os.access(python, os.X_OK)
        or subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode
    ):
        lancer(sys.executable, "-m", "venv", "--clear", str(VENV))
    version = re.search(r'^uv-version = "(.+)"$', (RACINE / "pyproject.toml").read_text(), re.MULTILINE)
    lancer(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"uv=={version[1] if version else ''}")
    lancer(uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", "requirements.lock")
    lancer(uv, "pip", "install", "--quiet", "--python", python, "--no-build-isolation", "--no-deps", "-e", ".")


def main() -> None:
    """Install when something has changed."""
    with (RACINE / ".venv.verrou").open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("Une autre installation est en cours dans ce dossier, patientez…\n")
            fcntl.flock(verrou, fcntl.LOCK_EX)
        if TEMOIN.exists() and TEMOIN.read_text() == empreinte():
            return
        sys.stderr.write("Installation des dépendances verrouillées…\n")
        installer()
        TEMOIN.write_text(empreinte())


if __name__ == "__main__":
    try:
        main()
    except PermissionError as erreur:
        sys.exit(f"Ce dossier n’est pas accessible en écriture ({erreur.filename})\u00a0: clonez Jalon dans un dossier à vous.")
    except KeyboardInterrupt:
        sys.exit(130)
