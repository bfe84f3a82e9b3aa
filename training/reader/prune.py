"""Makes the reader smaller: leaves out whole layers and the least useful hidden units of the feed-forward parts.

Comes in: a trained checkpoint. Goes out: a smaller one to train on from. A unit's use is the mean of |activation x gradient| over training
batches (the first-order change in loss were it zero).
"""
import argparse
import random

import torch

import corpora
from batches import encode, make_batches
from model import Reader
from train import WEIGHT, loss_of
from wordpiece import SHAPE_COUNT, WordPiece


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--data', required=True)
    a.add_argument('--minilm', required=True)
    a.add_argument('--countries', required=True)
    a.add_argument('--checkpoint', required=True)
    a.add_argument('--out', required=True)
    a.add_argument('--keep', default='0,1,2,3,4', help='numbers of the layers that stay')
    a.add_argument('--inner', default='768,768,768,768,768', help='hidden units of each layer that stays')
    a.add_argument('--batches', type=int, default=40)
    args = a.parse_args()
    torch.set_num_threads(1)
    keep, inner = [int(x) for x in args.keep.split(',')], [int(x) for x in args.inner.split(',')]
    c = torch.load(args.checkpoint)
    whole = Reader(c['sizes'], SHAPE_COUNT)
    whole.load_state_dict(c['model'])
    whole.layers = torch.nn.ModuleList(whole.layers[i] for i in keep)
    whole.eval()
    train, _ = corpora.read_all(args.data, args.countries)
    wordpiece = WordPiece(args.minilm + '/tokenizer.json')
    random.Random(3).shuffle(train)
    encoded = [e for e in (encode(s, c['labels'], wordpiece) for s in train[:4000] if s['words']) if e['n']]
    use = [torch.zeros(layer.up.out_features) for layer in whole.layers]
    kept = [None] * len(use)
    for i, layer in enumerate(whole.layers):
        layer.down.register_forward_pre_hook(lambda _, inputs, i=i: (inputs[0].retain_grad(), kept.__setitem__(i, inputs[0]))[0])
    for n, batch in enumerate(make_batches(encoded, 1024, random.Random(5), c['sizes']['names'], False)):
        if n == args.batches:
            break
        whole.zero_grad()
        out = whole(batch['pieces'], batch['shapes'], batch['valid'], batch['first'], batch['last'])
        sum(WEIGHT[k] * v for k, v in loss_of(whole, batch, out).items()).backward()
        for i, x in enumerate(kept):
            use[i] += (x.detach() * x.grad).abs().sum((0, 1))
    state = {k: v for k, v in whole.state_dict().items()}
    for i, width in enumerate(inner):
        best = torch.topk(use[i], width).indices.sort().values
        print(f'layer {keep[i]}: {width} units hold {100 * use[i][best].sum() / use[i].sum():.1f} % of the use')
        for key, dim in (('up.weight', 0), ('up.bias', 0), ('down.weight', 1)):
            name = f'layers.{i}.{key}'
            state[name] = state[name].index_select(dim, best)
    torch.save({**c, 'model': state, 'inner': inner}, args.out)


if __name__ == '__main__':
    main()
