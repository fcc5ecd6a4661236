import { ConfigurationError } from '../../errors';
import { printable } from './printable';

/** A place in a text: both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What to say when input is refused; every part may hold text of unknown origin. */
export interface Refusal {
  readonly file: string;

  /** @default - no line is known */
  readonly at?: Position;

  readonly problem: string;
  readonly fix: string;
}

/** The error for input that cannot be read, each part of it fit for one line of a terminal. */
export function refusal({ file, at, problem, fix }: Refusal): ConfigurationError {
  const place = at === undefined ? '' : `:${at.line}:${at.column}`;
  return new ConfigurationError({
    path: `${file === '' ? '""' : printable(file)}${place}`,
    problem: printable(problem),
    fix: printable(fix),
  });
}
