// Node strips types itself, but not below node_modules, where a global install puts us: there this hook does the same.
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/', import.meta.url).href;
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith(source) || !url.split('?')[0].endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', shortCircuit: true, source: stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8')) };
  },
});
