import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDataFolder, readConfig, VARIABLE_OF_SETTING } from './config.ts';
import { Failure } from './failure.ts';

test('defaults are complete, and the desk stays on loopback', () => {
  const config = readConfig({}, {});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 4747);
  assert.equal(config.allowPrivate, false);
  assert.equal(new Set(Object.values(VARIABLE_OF_SETTING)).size, Object.keys(VARIABLE_OF_SETTING).length);
});

test('a flag wins over the environment, and that over the default', () => {
  assert.equal(readConfig({ port: '5000' }, { WATCHDESK_PORT: '6000' }).port, 5000);
  assert.equal(readConfig({ port: undefined }, { WATCHDESK_PORT: '6000' }).port, 6000);
  assert.equal(readConfig({}, { WATCHDESK_ALLOW_PRIVATE: 'yes' }).allowPrivate, true);
});

test('a setting that cannot be used is named in one sentence', () => {
  assert.throws(
    () => readConfig({ port: 'many' }, {}),
    (error) => error instanceof Failure && error.code === 'bad-input' && /--port \(WATCHDESK_PORT\)/.test(error.message),
  );
});

test('the record lies in the XDG data folder when there is no clone', () => {
  assert.equal(findDataFolder({ XDG_DATA_HOME: '/data' }, false), '/data/watchdesk');
});
