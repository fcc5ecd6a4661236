import { Graph } from '../../lib/assembly/graph';
import { parse } from '../../lib/assembly/source/parse';
import type { SourceStack } from '../../lib/assembly/source/source';
import { templateFrom } from '../../lib/assembly/source/template';
import { assess } from '../../lib/assessment/assess';
import { assessedServices } from '../../lib/audit/assessed-services';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { resolveServices } from '../../lib/audit/services';
import { rendererOf } from '../../lib/cli/formats';
import { ConfigurationError } from '../../lib/errors';
import { assessmentJson } from '../../lib/evidence/assessment-json';
import { mutated } from './mutate';
import { Random } from './random';
import type { Seed } from './seeds';

/** What came of one changed app. */
export interface Trial {
  /** A sound app was judged, or an unsound one was refused. */
  readonly outcome: 'judged' | 'refused';

  /** What must not be: a crash, an engine error, other bytes the second time. @default - nothing is wrong */
  readonly problem?: string;
  readonly milliseconds: number;
}

/** No template may hold the audit up longer. */
export const LONGEST_MS = 5_000;

/** The share of apps that are judged a second time, to compare. */
const JUDGED_TWICE = 0.2;

const TODAY = new Date('2026-01-01');
const REGIONS = ['eu-west-1', 'eu-central-1', ''] as const;

/** Changes an app by a number that chooses all, judges it twice and compares what is printed. */
export function trial(seeds: readonly Seed[], number: number): Trial {
  const random = new Random(number);
  const texts = Object.entries(random.pick(seeds)).map(
    ([name, template]) =>
      [name, random.chance(0.8) ? mutated(template, random) : JSON.stringify(template)] as const,
  );
  const region = random.pick(REGIONS);
  // Time of the processor, for the machine may be busy with others.
  const start = process.cpuUsage();
  const first = outcomeOf(texts, region);
  const milliseconds = process.cpuUsage(start).user / 1e3;
  if (first.problem !== undefined || first.outcome === 'refused') return { ...first, milliseconds };
  if (milliseconds > LONGEST_MS)
    return { ...first, milliseconds, problem: `took ${milliseconds.toFixed(0)} ms` };
  if (!random.chance(JUDGED_TWICE)) return { outcome: first.outcome, milliseconds };
  const second = outcomeOf(texts, region);
  return second.text === first.text
    ? { outcome: first.outcome, milliseconds }
    : { outcome: first.outcome, milliseconds, problem: 'says something else the second time' };
}

/** The texts of the templates that a number stands for, to look at. */
export function templatesOf(seeds: readonly Seed[], number: number): readonly string[] {
  const random = new Random(number);
  return Object.values(random.pick(seeds)).map((template) =>
    random.chance(0.8) ? mutated(template, random) : JSON.stringify(template),
  );
}

interface Outcome extends Omit<Trial, 'milliseconds'> {
  readonly text?: string;
}

function outcomeOf(texts: readonly (readonly [string, string])[], region: string): Outcome {
  try {
    const stacks = texts.map(([name, text]) => stackOf(name, text, region));
    const graph = new Graph({ name: 'fuzz', path: 'fuzz', stacks });
    const result = audit([graph], { rules: RULES, today: TODAY });
    const pieces = rendererOf('json')({ result, rules: RULES, version: '0', at: TODAY, all: true });
    const [engineError] = result.engineErrors;
    if (engineError !== undefined) return { outcome: 'judged', problem: engineError };
    const assessment = assess(graph, assessedServices(graph, resolveServices(graph)));
    return { outcome: 'judged', text: [...pieces, ...assessmentJson({ assessment, version: '0' })].join('') };
  } catch (error) {
    if (error instanceof ConfigurationError) return { outcome: 'refused' };
    return {
      outcome: 'judged',
      problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function stackOf(name: string, text: string, region: string): SourceStack {
  const source = { file: `${name}.template.json`, text };
  return {
    id: name,
    name,
    nameKnown: true,
    file: source.file,
    template: templateFrom(source, parse(source)).body,
    ...(region !== '' && { region, account: '111122223333' }),
    dependencies: [],
    parameters: {},
    tags: {},
    nested: new Map(),
    constructs: new Map(),
    acknowledgements: [],
  };
}
