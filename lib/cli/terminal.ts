import type { Palette } from '../evidence/text';

/** What a command may use of the world around it. */
export interface World {
  /** Writes to standard output: results only. */
  out(text: string): void;

  /** Writes to standard error: words for people. */
  err(text: string): void;

  readonly env: Readonly<Record<string, string | undefined>>;

  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}

/** Colours where a terminal shows them; `NO_COLOR` and `CI` are honoured. */
export function paletteFor({ env, isTerminal }: World): Palette {
  const { createColors } = require('picocolors') as {
    createColors(enabled: boolean): Palette;
  };
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== '';
  const plain = (env.NO_COLOR !== undefined && env.NO_COLOR !== '') || env.TERM === 'dumb';
  return createColors(!plain && (forced || (isTerminal && !env.CI)));
}
