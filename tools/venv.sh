#!/usr/bin/env bash
# venv.sh PYTHON FOLDER LOCK: make the virtual environment with the locked packages and our own two, editable.
set -euo pipefail
python=$1 folder=$2 lock=$3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed; '$python' is $("$python" --version). Name another with make PYTHON=python3.12" >&2
  exit 1
}
[ -x "$folder/bin/pip" ] || {
  echo "Making the Python environment …"
  "$python" -m venv "$folder" || { echo "The venv module is missing: install python3-venv." >&2; exit 1; }
}
echo "Installing Python packages …"
"$folder/bin/pip" install -q --disable-pip-version-check --require-hashes -r "$lock"
"$folder/bin/pip" install -q --disable-pip-version-check --no-deps --no-build-isolation -e . -e ./server
