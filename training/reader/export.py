"""Packs a checkpoint into reader.bin (weights for src/language/encoder/kernel.c) with labels.json and vocabulary.txt.

Comes in: a checkpoint of train.py. Goes out: three files in the model folder. Matrices have 6 bits and a scale per column (inputs are
quantized to 7 bits row by row at run time), piece vectors 8 bits and a scale per row; the rest is float.
"""
import argparse
import json
import os
import struct

import numpy as np
import torch

import corpora
from model import ARC_WIDTH, HEAD_WIDTH, HEADS, RELATION_WIDTH, WIDTH
from wordpiece import SHAPE_NAMES

WINDOW = 160  # most pieces of one window; training sentences have up to 128
MOST = 31  # of a 6-bit weight


class Pack:
    """Tensors one after another, each at a multiple of 16 bytes."""

    def __init__(self):
        self.blob, self.at = bytearray(), {}

    def put(self, name, array):
        self.blob += b'\0' * (-len(self.blob) % 16)
        self.at[name] = [len(self.blob), array.nbytes]
        self.blob += np.ascontiguousarray(array).tobytes()

    def floats(self, name, array):
        self.put(name, array.astype(np.float32))

    def dense(self, name, weight, bias):
        """weight [out, in]; the columns are filled up to a multiple of 8."""
        n, k = weight.shape
        full = -n % 8
        weight = np.concatenate([weight, np.zeros((full, k), np.float32)])
        bias = np.concatenate([bias, np.zeros(full, np.float32)])
        column = np.maximum(np.abs(weight).max(1), 1e-8) / MOST
        w = np.clip(np.rint(weight / column[:, None]), -MOST, MOST).astype(np.int8)
        # blocks of 8 columns; in each, for every 4 inputs, 8 columns of 4
        self.put(name + '.weight', w.reshape(-1, 8, k // 4, 4).transpose(0, 2, 1, 3))
        self.floats(name + '.column', column)
        self.floats(name + '.total', w.astype(np.int32).sum(1))
        self.floats(name + '.bias', bias)


def pack(c):
    p = {k: v.numpy().astype(np.float32) for k, v in c['model'].items()}
    sizes, inner = c['sizes'], c['inner']
    heads = [h for h in sizes if h != 'deprel']
    out = Pack()
    table = p['pieces.weight']
    row = np.maximum(np.abs(table).max(1), 1e-8) / 127
    out.put('pieces', np.clip(np.rint(table / row[:, None]), -127, 127).astype(np.int8))
    out.floats('pieces.scale', row)
    out.floats('positions', p['positions.weight'][:WINDOW])
    out.floats('shapes', p['shapes.weight'])
    out.floats('norm.gamma', p['norm.weight'])
    out.floats('norm.beta', p['norm.bias'])
    for i in range(len(inner)):
        for part in ('qkv', 'out', 'up', 'down'):
            out.dense(f'{i}.{part}', p[f'layers.{i}.{part}.weight'], p[f'layers.{i}.{part}.bias'])
        for part in ('norm1', 'norm2'):
            out.floats(f'{i}.{part}.gamma', p[f'layers.{i}.{part}.weight'])
            out.floats(f'{i}.{part}.beta', p[f'layers.{i}.{part}.bias'])
    layout, at = {}, 0
    for h in heads:
        layout[h] = [at, at + sizes[h]]
        at += sizes[h]
    gap = -at % 8
    zero = lambda n: np.zeros(n, np.float32)
    out.dense('heads',
              np.concatenate([p[f'tags.{h}.weight'] for h in heads] + [np.zeros((gap, WIDTH), np.float32)]
                             + [p[k + '.weight'] for k in ('arc_dep', 'arc_head', 'rel_dep', 'rel_head')]),
              np.concatenate([p[f'tags.{h}.bias'] for h in heads] + [zero(gap), p['arc_dep.bias'], p['arc_head.bias'], p['rel_dep.bias'],
                                                                     zero(RELATION_WIDTH)]))
    out.dense('pair', p['arc_pair.weight'], p['arc_pair.bias'])
    full = -sizes['deprel'] % 4
    out.floats('relation.weight', np.concatenate([p['rel_out.weight'].T, np.zeros((RELATION_WIDTH, full), np.float32)], 1))
    out.floats('relation.bias', np.concatenate([p['rel_out.bias'], zero(full)]))
    header = {'width': WIDTH, 'attention': c['heads'] * HEAD_WIDTH, 'inner': list(inner), 'arc': ARC_WIDTH, 'relation': RELATION_WIDTH, 'tags': at + gap, 'relations': sizes['deprel'] + full,
              'window': WINDOW, 'tensors': out.at}
    return header, bytes(out.blob), layout


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--checkpoint', required=True)
    a.add_argument('--minilm', required=True)
    a.add_argument('--out', required=True)
    a.add_argument('--data', required=True)
    a.add_argument('--countries', required=True)
    args = a.parse_args()
    c = torch.load(args.checkpoint, map_location='cpu')
    train, _ = corpora.read_all(args.data, args.countries)
    # lemmas of words that can take an ending; the reader prefers an attested one among its best guesses
    lemmas = {l for s in train if 'upos' in s for l, u in zip(s['lemma'], s['upos']) if u in ('VERB', 'NOUN', 'AUX', 'ADJ') and l.isalpha() and l.islower()}
    c.setdefault('inner', [4 * WIDTH] * 6)
    c.setdefault('heads', HEADS)
    header, blob, layout = pack(c)
    text = json.dumps(header).encode('utf-8')
    text += b' ' * (-(len(text) + 4) % 16)
    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.out, 'reader.bin'), 'wb') as f:
        f.write(struct.pack('<I', len(text)) + text + blob)
    with open(os.path.join(args.out, 'labels.json'), 'w', encoding='utf-8') as f:
        json.dump({'heads': c['labels'], 'layout': layout, 'features': c['fits'], 'shapes': SHAPE_NAMES, 'lemmas': ' '.join(sorted(lemmas))}, f, ensure_ascii=False)
    with open(args.minilm + '/tokenizer.json', encoding='utf-8') as f:
        vocab = json.load(f)['model']['vocab']
    with open(os.path.join(args.out, 'vocabulary.txt'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(sorted(vocab, key=vocab.get)) + '\n')
    print({n: os.path.getsize(os.path.join(args.out, n)) for n in sorted(os.listdir(args.out))}, 'passes', c.get('passes'), 'dev', c.get('score'))


if __name__ == '__main__':
    main()
