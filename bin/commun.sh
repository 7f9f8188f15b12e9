# Shared by bin/demo and bin/test: make .venv with the locked dependencies. Sourced, not run.
set -eu
cd "$(dirname "$0")/.."

PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Jalon a besoin de Python 3.11 ou plus récent (variable PYTHON pour en désigner un)." >&2
  exit 2
fi
if ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Le module venv de Python manque. Sous Debian : apt install python3-venv" >&2
  exit 2
fi

empreinte="$(cat requirements.lock pyproject.toml | "$PYTHON" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"
if [ "$(cat .venv/jalon-installe 2>/dev/null || true)" != "$empreinte" ]; then
  echo "Installation des dépendances verrouillées…"
  [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
  [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(sed -n 's/^uv-version = "\(.*\)"$/\1/p' pyproject.toml)"
  .venv/bin/uv pip install --quiet --system-certs --python .venv/bin/python --require-hashes -r requirements.lock
  .venv/bin/uv pip install --quiet --system-certs --python .venv/bin/python --no-build-isolation --no-deps -e .
  echo "$empreinte" > .venv/jalon-installe
fi
