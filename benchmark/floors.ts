/**
 * The gate: measured figures against pinned floors. A figure below its floor fails, a floor only rises,
 * and a floor counts only for the corpus it was measured on (its hash stands beside it).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Figures = Readonly<Record<string, number>>;

export interface Floor {
  /** the worst value that still passes */
  readonly floor: number;
  /** whether more or less is better */
  readonly better: 'higher' | 'lower';
}

/** floors.json: per suite the hash of its corpus and its floors */
export type Floors = Readonly<Record<string, { readonly corpus: string; readonly figures: Readonly<Record<string, Floor>> }>>;

/** Hex SHA-256 over names and contents of all files below the folders, in name order; '' where there are none. */
export function hashCorpus(folders: readonly string[]): string {
  if (folders.length === 0) return '';
  const hash = createHash('sha256');
  const addFolder = (path: string, name: string) => {
    if (statSync(path).isDirectory()) for (const entry of readdirSync(path).sort()) addFolder(join(path, entry), `${name}/${entry}`);
    else hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  };
  folders.forEach((folder, index) => {
    addFolder(folder, String(index));
  });
  return hash.digest('hex');
}

export interface Verdict {
  readonly figure: string;
  readonly value: number | undefined;
  readonly floor: number;
  readonly passed: boolean;
}

const holds = (value: number, { floor, better }: Floor) => (better === 'higher' ? value >= floor : value <= floor);

/** Judges every pinned figure; one that was not measured fails. */
export function judgeFigures(measured: Figures, floors: Readonly<Record<string, Floor>>): Verdict[] {
  return Object.entries(floors).map(([figure, floor]) => {
    const value = measured[figure];
    return { figure, value, floor: floor.floor, passed: value !== undefined && Number.isFinite(value) && holds(value, floor) };
  });
}

/**
 * Floors after this run: each rises to what was measured (rounded down to three digits, so that the gate is exact).
 * @param lower allow floors to fall, too: only ever by an explicit flag
 */
export function raiseFloors(measured: Figures, floors: Readonly<Record<string, Floor>>, lower: boolean): Record<string, Floor> {
  return Object.fromEntries(
    Object.entries(floors).map(([figure, pinned]) => {
      const value = measured[figure];
      if (value === undefined || !Number.isFinite(value)) return [figure, pinned];
      const rounded = (pinned.better === 'higher' ? Math.floor(value * 1000) : Math.ceil(value * 1000)) / 1000;
      const rises = pinned.better === 'higher' ? rounded > pinned.floor : rounded < pinned.floor;
      return [figure, rises || lower ? { ...pinned, floor: rounded } : pinned];
    }),
  );
}
