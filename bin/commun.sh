# Shared by bin/demo and bin/test: make .venv with the locked dependencies. Sourced, not run.
set -eu
cd "$(dirname "$0")/.."

PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Jalon a besoin de Python 3.11 ou plus récent (variable PYTHON pour en désigner un)." >&2
  exit 2
fi
if ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Le module venv de Python manque. Sous Debian : apt install python3-venv" >&2
  exit 2
fi
"$PYTHON" bin/installer.py || exit 2
