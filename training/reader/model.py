"""The reader's network: MiniLM with a word-shape embedding, one linear head per layer of tags, a biaffine tree.

Comes in: piece ids, shapes, and the first and last piece of each word; column 0 is [CLS], which stands for the root.
Goes out: a dict of scores per word. Nothing here knows of files except `load_minilm`.
"""
import json
import struct

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, HEADS, LAYERS = 384, 12, 6
HEAD_WIDTH = WIDTH // HEADS
ARC_WIDTH, RELATION_WIDTH = 256, 192


class Layer(nn.Module):
    def __init__(self, dropout, inner, heads=HEADS):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(WIDTH, 3 * HEAD_WIDTH * heads)
        self.out = nn.Linear(HEAD_WIDTH * heads, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * HEAD_WIDTH ** -0.5, k.transpose(-1, -2)) + mask
        mixed = torch.matmul(F.softmax(scores, -1), v).transpose(1, 2).reshape(b, t, self.heads * HEAD_WIDTH)
        x = self.norm1(x + F.dropout(self.out(mixed), self.dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Reader(nn.Module):
    def __init__(self, sizes, shapes, inner=(4 * WIDTH,) * LAYERS, heads=HEADS, dropout=0.1, head_dropout=0.2):
        """sizes: number of labels by head; `deprel` is the tree's. inner: hidden width of each layer's feed-forward part. heads: attention heads of a layer."""
        super().__init__()
        self.sizes = sizes
        self.head_dropout = head_dropout
        self.pieces = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(shapes, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout, width, heads) for width in inner)
        self.tags = nn.ModuleDict({h: nn.Linear(WIDTH, n) for h, n in sizes.items() if h != 'deprel'})
        self.arc_dep = nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_head = nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_pair = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.rel_dep = nn.Linear(WIDTH, RELATION_WIDTH)
        self.rel_head = nn.Linear(WIDTH, RELATION_WIDTH, bias=False)
        self.rel_out = nn.Linear(RELATION_WIDTH, sizes['deprel'])
        nn.init.zeros_(self.shapes.weight)

    def encode(self, pieces, shapes, valid):
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.layers[0].dropout, self.training)
        mask = (1.0 - valid.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def words(self, x, first, last):
        """Vectors of [CLS] and the words: the mean of the first and the last piece."""
        index = lambda i: x.gather(1, i[:, :, None].expand(-1, -1, WIDTH))
        return (index(first) + index(last)) * 0.5

    def forward(self, pieces, shapes, valid, first, last):
        """All scores; `arc` is [B, N, N + 1], the row of a word over [CLS] and all words."""
        w = F.dropout(self.words(self.encode(pieces, shapes, valid), first, last), self.head_dropout, self.training)
        out = {h: linear(w[:, 1:]) for h, linear in self.tags.items()}
        drop = lambda y: F.dropout(y, self.head_dropout, self.training)
        dep, head = drop(F.relu(self.arc_dep(w[:, 1:]))), drop(F.relu(self.arc_head(w)))
        out['arc'] = torch.matmul(self.arc_pair(dep), head.transpose(1, 2))
        out['rel_dep'], out['rel_head'] = self.rel_dep(w[:, 1:]), self.rel_head(w)
        out['words'] = w
        return out

    def relations(self, out, heads):
        """Relation scores for chosen heads [B, N]."""
        chosen = out['rel_head'].gather(1, heads[:, :, None].expand(-1, -1, RELATION_WIDTH))
        return self.rel_out(F.dropout(F.relu(out['rel_dep'] + chosen), self.head_dropout, self.training))


def read_safetensors(path):
    with open(path, 'rb') as f:
        size = struct.unpack('<Q', f.read(8))[0]
        header = json.loads(f.read(size))
        data = f.read()
    kinds = {'F16': np.float16, 'F32': np.float32, 'I64': np.int64}
    return {k: np.frombuffer(data[v['data_offsets'][0]:v['data_offsets'][1]], kinds[v['dtype']]).reshape(v['shape'])
            for k, v in header.items() if k != '__metadata__'}


def load_minilm(model, path):
    """Fills the encoder from all-MiniLM-L6-v2."""
    t = {k: torch.tensor(v.astype(np.float32)) for k, v in read_safetensors(path).items() if v.dtype != np.int64}
    with torch.no_grad():
        model.pieces.weight.copy_(t['embeddings.word_embeddings.weight'])
        model.positions.weight.copy_(t['embeddings.position_embeddings.weight'] + t['embeddings.token_type_embeddings.weight'][0])
        model.norm.weight.copy_(t['embeddings.LayerNorm.weight'])
        model.norm.bias.copy_(t['embeddings.LayerNorm.bias'])
        for i, layer in enumerate(model.layers):
            p = f'encoder.layer.{i}.'
            for kind in ('weight', 'bias'):
                layer.qkv.get_parameter(kind).copy_(torch.cat([t[f'{p}attention.self.{n}.{kind}'] for n in ('query', 'key', 'value')]))
                layer.out.get_parameter(kind).copy_(t[f'{p}attention.output.dense.{kind}'])
                layer.norm1.get_parameter(kind).copy_(t[f'{p}attention.output.LayerNorm.{kind}'])
                layer.up.get_parameter(kind).copy_(t[f'{p}intermediate.dense.{kind}'])
                layer.down.get_parameter(kind).copy_(t[f'{p}output.dense.{kind}'])
                layer.norm2.get_parameter(kind).copy_(t[f'{p}output.LayerNorm.{kind}'])
