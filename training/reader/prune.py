"""Makes the reader smaller: leaves out whole layers, attention heads and hidden units of the feed-forward parts, the least useful ones.

Comes in: a trained checkpoint. Goes out: a smaller one to train on from. A unit's use is the mean of |activation x gradient| over training
batches (the first-order change in loss were it zero).
"""
import argparse
import random

import torch

import corpora
from batches import encode, make_batches
from model import HEAD_WIDTH, HEADS, Reader
from train import WEIGHT, loss_of
from wordpiece import SHAPE_COUNT, WordPiece


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--data', required=True)
    a.add_argument('--minilm', required=True)
    a.add_argument('--countries', required=True)
    a.add_argument('--checkpoint', required=True)
    a.add_argument('--out', required=True)
    a.add_argument('--keep', required=True, help='numbers of the layers that stay')
    a.add_argument('--inner', required=True, help='hidden units of each layer that stays')
    a.add_argument('--heads', type=int, default=HEADS, help='attention heads of a layer that stay')
    a.add_argument('--batches', type=int, default=40)
    args = a.parse_args()
    torch.set_num_threads(1)
    keep, inner = [int(x) for x in args.keep.split(',')], [int(x) for x in args.inner.split(',')]
    c = torch.load(args.checkpoint)
    whole = Reader(c['sizes'], SHAPE_COUNT, c['inner'], c.get('heads', HEADS))
    whole.load_state_dict(c['model'])
    whole.layers = torch.nn.ModuleList(whole.layers[i] for i in keep)
    whole.eval()
    train, _ = corpora.read_all(args.data, args.countries)
    wordpiece = WordPiece(args.minilm + '/tokenizer.json')
    random.Random(3).shuffle(train)
    encoded = [e for e in (encode(s, c['labels'], wordpiece) for s in train[:4000] if s['words']) if e['n']]
    parts = [(i, part) for i in range(len(whole.layers)) for part in ('out', 'down')]
    use = {key: 0.0 for key in parts}
    kept = {}
    for i, part in parts:
        whole.layers[i].get_submodule(part).register_forward_pre_hook(
            lambda _, inputs, key=(i, part): (inputs[0].retain_grad(), kept.__setitem__(key, inputs[0]))[0])
    for n, batch in enumerate(make_batches(encoded, 1024, random.Random(5), c['sizes']['names'], False)):
        if n == args.batches:
            break
        whole.zero_grad()
        out = whole(batch['pieces'], batch['shapes'], batch['valid'], batch['first'], batch['last'])
        sum(WEIGHT[k] * v for k, v in loss_of(whole, batch, out).items()).backward()
        for key, x in kept.items():
            use[key] = use[key] + (x.detach() * x.grad).abs().sum((0, 1))
    state = dict(whole.state_dict())
    for i, width in enumerate(inner):
        units = use[i, 'down']
        best = torch.topk(units, width).indices.sort().values
        by_head = use[i, 'out'].view(-1, HEAD_WIDTH).sum(1)
        heads = torch.topk(by_head, args.heads).indices.sort().values
        print(f'layer {keep[i]}: {width} units hold {100 * units[best].sum() / units.sum():.1f} % of the use, '
              f'{args.heads} heads {100 * by_head[heads].sum() / by_head.sum():.1f} %')
        columns = (heads[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)).flatten()
        whole_width = len(by_head) * HEAD_WIDTH
        qkv = torch.cat([columns + part * whole_width for part in range(3)])
        for key, dim, index in (('up.weight', 0, best), ('up.bias', 0, best), ('down.weight', 1, best),
                                ('qkv.weight', 0, qkv), ('qkv.bias', 0, qkv), ('out.weight', 1, columns)):
            name = f'layers.{i}.{key}'
            state[name] = state[name].index_select(dim, index)
    torch.save({**c, 'model': state, 'inner': inner, 'heads': args.heads}, args.out)


if __name__ == '__main__':
    main()
