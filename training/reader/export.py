"""Writes a checkpoint as one ONNX file with int8 weights, and its labels.

Comes in: a checkpoint of train.py. Goes out: reader.onnx, labels.json, vocabulary.txt in the model folder.
Matrices are int8 with a scale per column, inputs are quantized as they come (uint8, per tensor); embedding rows have a scale each.
"""
import argparse
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import ARC_WIDTH, HEADS, LAYERS, RELATION_WIDTH, WIDTH, Reader
from wordpiece import SHAPE_COUNT, SHAPE_NAMES

LONGEST_WINDOW = 256  # positions that are shipped


class Graph:
    """Collects nodes and weights under names."""

    def __init__(self):
        self.nodes, self.weights, self.names = [], [], 0

    def constant(self, array, name=None):
        if name is None:
            self.names += 1
            name = f'c{self.names}'
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, op, inputs, outputs=None, domain='', **attributes):
        if outputs is None:
            self.names += 1
            outputs = [f't{self.names}']
        self.nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return outputs[0] if len(outputs) == 1 else outputs

    def quantize(self, x):
        self.names += 1
        n = self.names
        return self.node('DynamicQuantizeLinear', [x], [f'q{n}', f'qs{n}', f'qz{n}'])

    def dense(self, quantized, weight, bias):
        """weight: float [in, out]; the result is float."""
        q, scale, zero = quantized
        column = np.maximum(np.abs(weight).max(0), 1e-8) / 127.0
        w = np.clip(np.rint(weight / column), -127, 127).astype(np.int8)
        inputs = [q, self.constant(w), scale, self.constant(column.astype(np.float32)), zero,
                  self.constant(np.zeros(weight.shape[1], np.int8)), self.constant(bias.astype(np.float32)) if bias is not None else '']
        return self.node('MatMulIntegerToFloat', inputs, domain='com.microsoft')

    def norm(self, x, skip, gamma, beta):
        self.names += 1
        return self.node('SkipLayerNormalization', [x, skip, self.constant(gamma), self.constant(beta)], [f'n{self.names}'],
                         domain='com.microsoft', epsilon=1e-12)


def build(state, sizes, labels):
    g = Graph()
    p = {k: v.numpy() for k, v in state.items()}
    table = p['pieces.weight']
    row = np.maximum(np.abs(table).max(1), 1e-8) / 127.0
    rows = g.constant(np.clip(np.rint(table / row[:, None]), -127, 127).astype(np.int8), 'pieces_table')
    x = g.node('Cast', [g.node('Gather', [rows, 'pieces'])], to=TensorProto.FLOAT)
    x = g.node('Mul', [x, g.node('Gather', [g.constant(row[:, None].astype(np.float32)), 'pieces'])])
    x = g.node('Add', [x, g.node('Gather', [g.constant(p['shapes.weight']), 'shapes'])])
    length = g.node('Slice', [g.node('Shape', ['pieces']), g.constant(np.array([1])), g.constant(np.array([2]))])
    positions = g.node('Slice', [g.constant(p['positions.weight'][:LONGEST_WINDOW]), g.constant(np.array([0])), length, g.constant(np.array([0]))])
    x = g.node('Add', [x, positions])
    x = g.node('LayerNormalization', [x, g.constant(p['norm.weight']), g.constant(p['norm.bias'])], epsilon=1e-12, axis=-1)
    for i in range(LAYERS):
        k = f'layers.{i}.'
        qkv = g.dense(g.quantize(x), p[k + 'qkv.weight'].T, p[k + 'qkv.bias'])
        parts = g.node('Split', [qkv, g.constant(np.array([WIDTH] * 3))], [f'query{i}', f'key{i}', f'value{i}'], axis=-1)
        mixed = g.node('MultiHeadAttention', [*parts, '', 'lengths'], domain='com.microsoft', num_heads=HEADS)
        x = g.norm(g.dense(g.quantize(mixed), p[k + 'out.weight'].T, p[k + 'out.bias']), x, p[k + 'norm1.weight'], p[k + 'norm1.bias'])
        up = g.node('Gelu', [g.dense(g.quantize(x), p[k + 'up.weight'].T, p[k + 'up.bias'])], domain='com.microsoft')
        x = g.norm(g.dense(g.quantize(up), p[k + 'down.weight'].T, p[k + 'down.bias']), x, p[k + 'norm2.weight'], p[k + 'norm2.bias'])
    # words: mean of first and last piece; indexes are into the flattened batch
    flat = g.node('Reshape', [x, g.constant(np.array([-1, WIDTH]))])
    both = g.node('Add', [g.node('Gather', [flat, 'first']), g.node('Gather', [flat, 'last'])])
    words = g.node('Mul', [both, g.constant(np.float32(0.5))], ['words'])
    quantized = g.quantize(words)
    heads = [h for h in sizes if h != 'deprel']
    weight = np.concatenate([p[f'tags.{h}.weight'] for h in heads] + [p['arc_dep.weight'], p['arc_head.weight'], p['rel_dep.weight'], p['rel_head.weight']])
    bias = np.concatenate([p[f'tags.{h}.bias'] for h in heads] + [p['arc_dep.bias'], p['arc_head.bias'], p['rel_dep.bias'],
                                                                 np.zeros(RELATION_WIDTH, np.float32)])
    scores = g.dense(quantized, weight.T, bias)
    tag_count = sum(sizes[h] for h in heads)
    _, dep, head, rel_dep, rel_head = g.node(
        'Split', [scores, g.constant(np.array([tag_count, ARC_WIDTH, ARC_WIDTH, RELATION_WIDTH, RELATION_WIDTH]))],
        ['tags', 'arc_dep', 'arc_head', 'rel_dep', 'rel_head'], axis=-1)
    dep, head = g.node('Relu', [dep]), g.node('Relu', [head])
    dep = g.node('Add', [g.node('MatMul', [dep, g.constant(p['arc_pair.weight'].T)]), g.constant(p['arc_pair.bias'])])
    arc = g.node('MatMul', [dep, g.node('Transpose', [head], perm=[0, 2, 1])])
    # no word is its own head, none hangs on padding
    arc = g.node('Add', [arc, 'barred'], ['arc'])
    best = g.node('ArgMax', [arc], axis=2, keepdims=1)
    chosen = g.node('GatherND', [rel_head, best], batch_dims=1)
    hidden = g.node('Relu', [g.node('Add', [rel_dep, chosen])])
    g.node('Add', [g.node('MatMul', [hidden, g.constant(p['rel_out.weight'].T)]), g.constant(p['rel_out.bias'])], ['rel'])

    ints = lambda name, *dims: helper.make_tensor_value_info(name, TensorProto.INT32, dims)
    floats = lambda name, *dims: helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)
    graph = helper.make_graph(
        g.nodes, 'reader',
        [ints('pieces', 'B', 'T'), ints('shapes', 'B', 'T'), ints('lengths', 'B'), ints('first', 'B', 'N'), ints('last', 'B', 'N'),
         floats('barred', 'B', 'N', 'N')],
        [floats('tags', 'B', 'N', tag_count), floats('arc', 'B', 'N', 'N'), floats('rel', 'B', 'N', sizes['deprel']),
         floats('rel_dep', 'B', 'N', RELATION_WIDTH), floats('rel_head', 'B', 'N', RELATION_WIDTH), floats('words', 'B', 'N', WIDTH)],
        g.weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid('com.microsoft', 1)], producer_name='watchdesk')
    made.ir_version = 8
    layout, at = {}, 0
    for h in heads:
        layout[h] = [at, at + sizes[h]]
        at += sizes[h]
    relation = {'weight': p['rel_out.weight'].round(5).tolist(), 'bias': p['rel_out.bias'].round(5).tolist()}
    return made, layout, relation


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--checkpoint', required=True)
    a.add_argument('--minilm', required=True)
    a.add_argument('--out', required=True)
    args = a.parse_args()
    c = torch.load(args.checkpoint, map_location='cpu')
    made, layout, relation = build(c['model'], c['sizes'], c['labels'])
    os.makedirs(args.out, exist_ok=True)
    onnx.save(made, os.path.join(args.out, 'reader.onnx'))
    with open(os.path.join(args.out, 'labels.json'), 'w', encoding='utf-8') as f:
        json.dump({'heads': c['labels'], 'layout': layout, 'features': c['fits'], 'shapes': SHAPE_NAMES, 'window': LONGEST_WINDOW,
                   'relation': relation}, f, ensure_ascii=False)
    with open(args.minilm + '/tokenizer.json', encoding='utf-8') as f:
        vocab = json.load(f)['model']['vocab']
    with open(os.path.join(args.out, 'vocabulary.txt'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(sorted(vocab, key=vocab.get)) + '\n')
    print({n: os.path.getsize(os.path.join(args.out, n)) for n in os.listdir(args.out)}, 'dev', c.get('score'))


if __name__ == '__main__':
    main()
