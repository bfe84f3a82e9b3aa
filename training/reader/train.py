"""Trains the reader on all its sources together.

Comes in: --data (openly licensed corpora), --minilm (unpacked encoder package), --countries (world-countries' countries.json).
Goes out: --out, a checkpoint with float weights (running mean), labels and settings; progress on stdout.
"""
import argparse
import os
import random
import time

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')  # more threads than free cores would spend the time waiting

import numpy as np
import torch
import torch.nn.functional as F

import corpora
from batches import SPAN_HEADS, TAG_HEADS, build_labels, encode, make_batches
from model import HEADS, Reader, load_minilm
from wordpiece import SHAPE_COUNT, WordPiece

WEIGHT = {'upos': 1.0, 'xpos': 0.5, 'feats': 0.5, 'lemma': 0.5, 'names': 1.0, 'mentions': 0.7, 'inner': 0.3, 'arc': 1.0, 'rel': 1.0}
# how often a source's sentences are seen in one pass
REPEAT = {'wikigold': 2, 'crossner': 4, 're3d': 4}


def loss_of(model, batch, out):
    parts = {}
    for h in TAG_HEADS + SPAN_HEADS:
        if h in batch and (batch[h] >= 0).any():
            parts[h] = F.cross_entropy(out[h].flatten(0, 1), batch[h].flatten(), ignore_index=-100)
    if 'head' in batch and (batch['head'] >= 0).any():
        arc = out['arc'].clone()
        n = arc.shape[1]
        outside = torch.cat([torch.ones_like(batch['word'][:, :1]), batch['word']], 1) == 0
        arc.masked_fill_(outside[:, None, :], -1e4)
        arc[:, torch.arange(n), torch.arange(1, n + 1)] = -1e4
        parts['arc'] = F.cross_entropy(arc.flatten(0, 1), batch['head'].flatten(), ignore_index=-100)
        known = (batch['head'] >= 0) & (batch['deprel'] >= 0)
        if known.any():
            rel = model.relations(out, batch['head'].clamp(min=0))
            parts['rel'] = F.cross_entropy(rel[known], batch['deprel'][known])
    if 'names' in batch:
        known = batch['names'].any(-1)
        if known.any():
            scores = F.log_softmax(out['names'][known], -1)
            parts['names'] = -torch.logsumexp(scores.masked_fill(~batch['names'][known], -1e4), -1).mean()
    return parts


def evaluate(model, encoded, name_count):
    """Greedy accuracies on sentences with grammar: (upos, UAS, LAS, lemma script, features)."""
    model.eval()
    hits, total = np.zeros(5), 0
    with torch.no_grad():
        for batch in make_batches(encoded, 4096, random.Random(1), name_count, False):
            out = model(batch['pieces'], batch['shapes'], batch['valid'], batch['first'], batch['last'])
            ok = batch['word'] == 1
            arc = out['arc']
            n = arc.shape[1]
            outside = torch.cat([torch.ones_like(batch['word'][:, :1]), batch['word']], 1) == 0
            arc.masked_fill_(outside[:, None, :], -1e4)
            arc[:, torch.arange(n), torch.arange(1, n + 1)] = -1e4
            heads = arc.argmax(-1)
            right = (heads == batch['head']) & ok
            rel = model.relations(out, heads).argmax(-1)
            hits += [((out['upos'].argmax(-1) == batch['upos']) & ok).sum().item(), right.sum().item(),
                     (right & (rel == batch['deprel'])).sum().item(), ((out['lemma'].argmax(-1) == batch['lemma']) & ok).sum().item(),
                     ((out['feats'].argmax(-1) == batch['feats']) & ok).sum().item()]
            total += ok.sum().item()
    model.train()
    return (100 * hits / total).round(2).tolist()


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--data', required=True)
    a.add_argument('--minilm', required=True)
    a.add_argument('--countries', required=True)
    a.add_argument('--out', required=True)
    a.add_argument('--epochs', type=float, default=4)
    a.add_argument('--budget', type=int, default=1024)
    a.add_argument('--lr', type=float, default=2e-4)
    a.add_argument('--head-lr', type=float, default=1.5e-3)
    a.add_argument('--decay', type=float, default=0.85)
    a.add_argument('--threads', type=int, default=1)
    a.add_argument('--seed', type=int, default=7)
    a.add_argument('--start')
    a.add_argument('--mean', type=float, default=0.995, help='decay of the running mean of the weights')
    a.add_argument('--minutes', type=float, help='stop by the clock instead of by --epochs (which the card then reports)')
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    train, dev = corpora.read_all(args.data, args.countries)
    labels, fits = build_labels(train, corpora.NAME_LABELS, corpora.MENTION_LABELS)
    wordpiece = WordPiece(args.minilm + '/tokenizer.json')
    encoded = [encode(s, labels, wordpiece) for s in train if s['words']]
    encoded = [e for e in encoded for _ in range(REPEAT.get(e['source'], 1)) if e['n']]
    check = [encode(s, labels, wordpiece) for s in dev['ewt']][::6]
    sizes = {h: len(ls) for h, ls in labels.items()}
    if args.start:
        began_from = torch.load(args.start)
        if began_from['labels'] != labels:
            raise ValueError('the checkpoint was made with other labels')
        inner, heads = began_from['inner'], began_from.get('heads', HEADS)
        model = Reader(sizes, SHAPE_COUNT, inner, heads)
        model.load_state_dict(began_from['model'])
    else:
        heads = HEADS
        model = Reader(sizes, SHAPE_COUNT)
        inner = [layer.up.out_features for layer in model.layers]
        load_minilm(model, args.minilm + '/model.fp16.safetensors')
    model.pieces.weight.requires_grad_(False)

    groups = []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith('layers.'):
            lr = args.lr * args.decay ** (len(inner) - 1 - int(name.split('.')[1]))
        elif name.startswith(('positions', 'norm')):
            lr = args.lr * args.decay ** len(inner)
        elif name.startswith('shapes'):
            lr = args.head_lr
        else:
            lr = args.head_lr
        groups.append({'params': [p], 'lr': lr, 'peak': lr, 'weight_decay': 0.01 if p.dim() > 1 else 0.0})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, foreach=True)
    passes = [list(make_batches(encoded, args.budget, rng, sizes['names'], True)) for _ in range(1)]
    len_pass = len(passes[0])
    steps = int(len_pass * args.epochs)
    print({h: n for h, n in sizes.items()}, 'sentences', len(encoded), 'pieces', sum(len(e['pieces']) for e in encoded), 'steps', steps, flush=True)
    params = [p for p in model.parameters() if p.requires_grad]
    mean = [p.detach().clone() for p in params]

    def save(path):
        now = [p.detach().clone() for p in params]
        with torch.no_grad():
            for p, m in zip(params, mean):
                p.copy_(m)
        score = evaluate(model, check, sizes['names'])
        torch.save({'model': model.state_dict(), 'labels': labels, 'fits': fits, 'sizes': sizes, 'inner': inner, 'heads': heads, 'passes': step / len_pass, 'args': vars(args), 'score': score}, path)
        with torch.no_grad():
            for p, m in zip(params, now):
                p.copy_(m)
        return score

    step, seen, began, sums = 0, 0, time.time(), {}
    queue = passes.pop()
    model.train()
    while args.minutes or step < steps:
        if not queue:
            queue = list(make_batches(encoded, args.budget, rng, sizes['names'], True))
        batch = queue.pop()
        done = (time.time() - began) / (60 * args.minutes) if args.minutes else step / steps
        if done >= 1:
            break
        rate = min(done / 0.05, (1 - done) / 0.95)
        for g in optimizer.param_groups:
            g['lr'] = g['peak'] * rate
        out = model(batch['pieces'], batch['shapes'], batch['valid'], batch['first'], batch['last'])
        parts = loss_of(model, batch, out)
        loss = sum(WEIGHT[k] * v for k, v in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 2.0)
        optimizer.step()
        step += 1
        # a running mean of the weights reads better than the last ones
        with torch.no_grad():
            torch._foreach_mul_(mean, min(args.mean, step / (step + 10)))
            torch._foreach_add_(mean, [p.detach() for p in params], alpha=1 - min(args.mean, step / (step + 10)))
        seen += batch['valid'].sum().item()
        for k, v in parts.items():
            s = sums.setdefault(k, [0.0, 0])
            s[0] += v.item()
            s[1] += 1
        if step % 50 == 0:
            print(step, f'{seen / (time.time() - began):.0f} pieces/s', {k: round(s / n, 3) for k, (s, n) in sums.items()}, flush=True)
            sums = {}
        if step % 500 == 0:
            print(f'{step / len_pass:.2f} passes, dev upos uas las lemma feats', save(args.out), flush=True)
    print(f'{step / len_pass:.2f} passes, dev upos uas las lemma feats', save(args.out), flush=True)


if __name__ == '__main__':
    main()
