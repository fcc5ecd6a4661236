import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { ConfigurationProblem } from '../errors';
import type { Config } from '../records/config';
import type { ConfigPlace, ConfiguredScope } from '../records/rule-config';
import { matchesScope } from './rule-settings';

/** The overrides and the ignored of a configuration that no resource of some apps matches: they change nothing. */
export function unmatchedScopes(
  graphs: readonly Graph[],
  { overrides = [], ignore = [] }: Config,
): readonly ConfigurationProblem[] {
  const written: readonly Written[] = [
    ...overrides.map((scope) => ({ scope, what: 'an override', source: placeIn(scope) })),
    ...ignore.map((scope) => ({ scope, what: 'what is ignored', source: scope.source })),
  ];
  return written
    .filter(
      ({ scope }) => !graphs.some(({ resources }) => resources.some((each) => matchesScope(scope, each))),
    )
    .map(({ scope, what, source }) => ({
      path: source ? `${source.file}:${source.line}` : what,
      problem: `${what} matches no resource: ${wordsOf(scope)}`,
      fix: 'name what the app has, or take it out',
    }));
}

interface Written {
  readonly scope: ConfiguredScope;
  readonly what: string;
  readonly source: ConfigPlace | undefined;
}

/** An override stands where its first rule does. */
function placeIn({ rules }: NonNullable<Config['overrides']>[number]): ConfigPlace | undefined {
  return Object.values(rules)[0]?.source;
}

function wordsOf({ paths, stacks, types }: ConfiguredScope): string {
  const kinds = Object.entries({ paths, stacks, types });
  return kinds
    .flatMap(([kind, patterns]) =>
      patterns === undefined ? [] : `${kind} ${patterns.map((each) => `"${printable(each)}"`).join(', ')}`,
    )
    .join(' and ');
}
