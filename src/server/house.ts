/**
 * What the server needs of an opened newsroom and of the configuration: named narrowly, so that tests can put
 * a small house under the same routes.
 */
import type { Config } from '../config.ts';
import type { Newsroom } from '../newsroom.ts';

export type House = Pick<
  Newsroom,
  'store' | 'addUpload' | 'addLinks' | 'addFeed' | 'pollFeed' | 'reread' | 'pause' | 'progress' | 'onProgress'
>;

export type ServerSettings = Pick<Config, 'host' | 'port' | 'user' | 'maxMegabytes' | 'smtp'>;
