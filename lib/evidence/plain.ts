import type { Palette } from './text';

const plain = (words: string) => words;

/** For what is no terminal. */
export const PLAIN: Palette = {
  bold: plain,
  dim: plain,
  red: plain,
  yellow: plain,
  cyan: plain,
  green: plain,
};
