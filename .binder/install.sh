#!/bin/sh
# Everything that the image needs, into the project that this file lies in: Deno, Jupyter with the kernel, what a hub and
# grading ask for, and every npm package. The Dockerfile runs it, and so does `deno task image`, on any machine with
# Python 3.11 or newer. The network is needed here, and never afterwards. A second run does only what is left to do.
set -eu
cd "$(dirname "$0")/.."
project=$PWD
python=${BACKPROP_PYTHON:-python3}

# Deno comes from PyPI, as one program and without a package manager of its own.
if [ ! -x .deno/bin/deno ]; then
  installer=$python
  if ! "$python" -m pip --version >/dev/null 2>&1; then # Debian's Python has none of its own
    "$python" -m venv .deno/pip
    installer=.deno/pip/bin/python
  fi
  "$installer" -m pip install --no-deps --target .deno deno==2.9.6
fi
export DENO_DIR="$project/.deno/cache"
export PATH="$project/.deno/bin:$PATH"

# Jupyter and the kernelspec in .venv, npm packages and compiled TypeScript in DENO_DIR: just what `deno task run` does for one learner.
deno task setup

for list in tools/grading/assignments/requirements.txt .binder/requirements.txt; do
  .venv/bin/python -m pip install --no-deps --disable-pip-version-check --requirement "$list"
done

# For everybody who uses this Jupyter: one kernel, no look at the network, and none of nbgrader's pages, which are for
# instructors; its commands stay.
mkdir -p .venv/etc/jupyter/labconfig
cp .binder/jupyter_server_config.json .venv/etc/jupyter/
cp .binder/page_config.json .venv/etc/jupyter/labconfig/

# The files may come from a clone that only its owner could read.
chmod -R a+rX .
