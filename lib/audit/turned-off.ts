import { printable } from '../assembly/source/printable';
import type { Config } from '../records/config';
import type { ConfiguredScope } from '../records/rule-config';

/** What the configuration keeps from being judged, and why. */
export interface TurnedOff {
  /** The rule; all of them where resources are ignored. */
  readonly rule: string;

  /** For which resources, in words: `everywhere`, `of types AWS::SQS::Queue`. */
  readonly scope: string;
  readonly reason: string;

  /** Where it is written. @default - not in a file */
  readonly source?: { readonly file: string; readonly line: number };
}

/** Everything that the configuration turns off, in the order of the file. */
export function turnedOffBy({ rules = {}, overrides = [], ignore = [] }: Config): readonly TurnedOff[] {
  const parts = [
    { rules, scope: 'everywhere' },
    ...overrides.map((each) => ({ ...each, scope: wordsOf(each) })),
  ];
  const single = parts.flatMap(({ rules: said, scope }) =>
    Object.entries(said)
      .filter(([, { level }]) => level === 'off')
      .map(([rule, { reason = '', source }]) => ({
        rule,
        scope,
        reason: printable(reason),
        ...(source && { source }),
      })),
  );
  const whole = ignore.map((each) => ({
    rule: 'all rules',
    scope: wordsOf(each),
    reason: printable(each.reason),
    source: each.source,
  }));
  return [...single, ...whole];
}

function wordsOf({ paths, stacks, types }: ConfiguredScope): string {
  return Object.entries({ paths, stacks, types })
    .flatMap(([kind, patterns]) => (patterns ? [inWords(kind, patterns)] : []))
    .join('; ');
}

/** `in all stacks`, `of types AWS::SQS::*`. */
function inWords(kind: string, patterns: readonly string[]): string {
  const where = kind === 'types' ? 'of' : 'in';
  return patterns.includes('*')
    ? `${where} all ${kind}`
    : `${where} ${kind} ${patterns.map(printable).join(', ')}`;
}
