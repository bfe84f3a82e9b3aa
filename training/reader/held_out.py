"""Writes what is kept out of training as JSON lines, for training/reader/score.ts.

Comes in: --data, --countries. Goes out: --out, one sentence per line with its gold grammar or spans.
"""
import argparse
import json

import corpora


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--data', required=True)
    a.add_argument('--countries', required=True)
    a.add_argument('--out', required=True)
    args = a.parse_args()
    _, dev = corpora.read_all(args.data, args.countries)
    with open(args.out, 'w', encoding='utf-8') as f:
        for name, sentences in dev.items():
            for s in sentences:
                row = {'set': name}
                for key in ('words', 'upos', 'xpos', 'feats', 'lemma', 'head', 'deprel', 'name_spans', 'mention_spans'):
                    if key in s:
                        row[key] = s[key]
                f.write(json.dumps(row, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
