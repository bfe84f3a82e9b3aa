"""Turns sentences into padded tensors.

Comes in: sentences of corpora.py and the label lists. Goes out: batches of about a given number of pieces, sentences of like length together.
"""
import random

import numpy as np
import torch

from lemma import script_of
from wordpiece import CLS, MASK, SEP, SHAPES, shape_of

TAG_HEADS = ['upos', 'xpos', 'feats', 'lemma']
SPAN_HEADS = ['mentions', 'inner']
LONGEST = 128  # pieces of a training sentence; the words beyond are left out


def build_labels(train, name_labels, mention_labels):
    """Label lists by head; rare features and lemma scripts are left out (their words count as unlabelled)."""
    from collections import Counter
    count = {h: Counter() for h in TAG_HEADS + ['deprel']}
    for s in train:
        if 'upos' not in s:
            continue
        s['script'] = [script_of(w, l) for w, l in zip(s['words'], s['lemma'])]
        for h in ('upos', 'xpos', 'feats', 'deprel'):
            count[h].update(s[h])
        count['lemma'].update(x for x in s['script'] if x)
    least = {'upos': 1, 'xpos': 3, 'feats': 5, 'deprel': 5, 'lemma': 4}
    labels = {h: sorted(k for k, n in c.items() if n >= least[h]) for h, c in count.items()}
    pairs = Counter((u, f) for s in train if 'upos' in s for u, f in zip(s['upos'], s['feats']))
    labels['names'], labels['mentions'], labels['inner'] = name_labels, mention_labels, mention_labels
    fits = {u: sorted(labels['feats'].index(f) for (u2, f), n in pairs.items() if u2 == u and n >= 3 and f in labels['feats'])
            for u in labels['upos']}
    return labels, fits


def encode(s, labels, wordpiece):
    """Numbers of one sentence; words past LONGEST pieces are cut off."""
    index = encode.index.get(id(labels))
    if index is None:
        index = encode.index[id(labels)] = {h: {l: i for i, l in enumerate(ls)} for h, ls in labels.items()}
    pieces, shapes, first, last = [CLS], [0], [0], [0]
    for i, w in enumerate(s['words']):
        ids = wordpiece.pieces(w)
        if len(pieces) + len(ids) >= LONGEST:
            break
        first.append(len(pieces))
        pieces += ids
        last.append(len(pieces) - 1)
        shapes += [shape_of(w) + (SHAPES - 1 if i == 0 else 0)] * len(ids)
    pieces.append(SEP)
    shapes.append(0)
    n = len(first) - 1
    e = {'pieces': pieces, 'shapes': shapes, 'first': first, 'last': last, 'n': n, 'source': s['source']}
    if 'upos' in s:
        scripts = s.get('script') or [script_of(w, l) for w, l in zip(s['words'], s['lemma'])]
        for h in ('upos', 'xpos', 'feats', 'deprel'):
            e[h] = [index[h].get(x, -100) for x in s[h][:n]]
        e['lemma'] = [index['lemma'].get(x, -100) for x in scripts[:n]]
        e['head'] = [x if x <= n else -100 for x in s['head'][:n]]
    if 'names' in s:
        e['names'] = np.zeros((n, len(labels['names'])), dtype=bool)
        for i, allowed in enumerate(s['names'][:n]):
            for a in allowed:
                e['names'][i, index['names'][a]] = True
    for h in SPAN_HEADS:
        if h in s:
            e[h] = [index[h][x] for x in s[h][:n]]
    return e


encode.index = {}


def pad(rows, length, fill):
    out = np.full((len(rows), length), fill, dtype=np.int64)
    for i, r in enumerate(rows):
        if r is not None:
            out[i, :len(r)] = r
    return torch.from_numpy(out)


def collate(group, name_count):
    t, n = max(len(e['pieces']) for e in group), max(e['n'] for e in group)
    batch = {
        'pieces': pad([e['pieces'] for e in group], t, 0),
        'shapes': pad([e['shapes'] for e in group], t, 0),
        'valid': pad([[1] * len(e['pieces']) for e in group], t, 0),
        'first': pad([e['first'] for e in group], n + 1, 0),
        'last': pad([e['last'] for e in group], n + 1, 0),
        'word': pad([[1] * e['n'] for e in group], n, 0),
    }
    for h in TAG_HEADS + ['deprel', 'head'] + SPAN_HEADS:
        if any(h in e for e in group):
            batch[h] = pad([e.get(h) for e in group], n, -100)
    if any('names' in e for e in group):
        names = torch.zeros(len(group), n, name_count, dtype=torch.bool)
        for i, e in enumerate(group):
            if 'names' in e:
                names[i, :e['n']] = torch.from_numpy(e['names'])
        batch['names'] = names
    return batch


def vary(e, rng):
    """Sometimes a sentence in other letters (headline, capitals, no capitals) or with a piece hidden."""
    draw = rng.random()
    shapes = e['shapes']
    first = SHAPES - 1
    if draw < 0.04:  # ALL CAPITALS
        change = {1: 3, 2: 3, 5: 3}
    elif draw < 0.07:  # no capitals
        change = {2: 1, 3: 1, 4: 1, 5: 1}
    elif draw < 0.12:  # Headline Letters
        change = {1: 2}
    else:
        change = None
    if change:
        shapes = [(change.get(x - first, x - first) + first) if x > first else change.get(x, x) for x in shapes]
    pieces = [MASK if p not in (CLS, SEP) and rng.random() < 0.03 else p for p in e['pieces']]
    return {**e, 'shapes': shapes, 'pieces': pieces}


def make_batches(encoded, budget, rng, name_count, varied):
    """One pass over the data in random order, about `budget` pieces each."""
    order = sorted(range(len(encoded)), key=lambda i: (len(encoded[i]['pieces']) + rng.random() * 4, rng.random()))
    groups, group = [], []
    for i in order:
        width = len(encoded[i]['pieces'])
        if group and (len(group) + 1) * width > budget:
            groups.append(group)
            group = []
        group.append(i)
    if group:
        groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        yield collate([vary(encoded[i], rng) if varied else encoded[i] for i in group], name_count)
