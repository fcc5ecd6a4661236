import { WHAT_IT_IS } from '../../audit/control-report';
import type { Evidence } from '../evidence';
import { safeJson } from '../safe-json';
import { line, properties } from './text';
import { uuidOf } from './uuid';

/** The version of the standard that the documents keep to. */
const OSCAL_VERSION = '1.2.0';

/** The tool, as the documents refer to it. */
export const TOOL = uuidOf('tool', 'cdk-nines');

/** What an observation, a finding or a risk comes from. */
export const ORIGINS = [{ actors: [{ type: 'tool', 'actor-uuid': TOOL }] }];

/** What every document says of itself. */
export function metadataOf(title: string, { at, version }: Evidence): object {
  return {
    title,
    'last-modified': at.toISOString(),
    version: line(version),
    'oscal-version': OSCAL_VERSION,
    remarks: WHAT_IT_IS.join(' ').replaceAll('"', '\\"'),
  };
}

/** The tool as a component that results refer to. */
export function assessmentAssets(version: string): object {
  return {
    components: [
      {
        uuid: TOOL,
        type: 'software',
        title: 'cdk-nines',
        description: 'Judges what CloudFormation templates will deploy, before they are deployed.',
        props: properties({ version }),
        status: { state: 'operational' },
      },
    ],
    'assessment-platforms': [
      {
        uuid: uuidOf('platform', 'cdk-nines'),
        title: 'The command nines',
        'uses-components': [{ 'component-uuid': TOOL }],
      },
    ],
  };
}

/** A list of OSCAL has one item at least: an empty one is left out. */
export function list<Name extends string, T>(
  name: Name,
  items: readonly T[],
): Partial<Readonly<Record<Name, readonly T[]>>> {
  return (items.length > 0 ? { [name]: items } : {}) as Partial<Readonly<Record<Name, readonly T[]>>>;
}

/**
 * A document as JSON, in pieces: its lists may be longer than the longest text of JavaScript. Objects below so many
 * levels stand on one line.
 */
export function* written(value: object, levels: number): Generator<string> {
  yield* pieces(value, 1, levels);
  yield '\n';
}

function* pieces(value: unknown, depth: number, levels: number): Generator<string> {
  const isArray = Array.isArray(value);
  if (typeof value !== 'object' || value === null || depth > levels + (isArray ? 1 : 0)) {
    yield safeJson(value);
    return;
  }
  const indent = `\n${'  '.repeat(depth)}`;
  yield isArray ? '[' : '{';
  let between = '';
  for (const [key, item] of Object.entries(value)) {
    yield `${between}${indent}${isArray ? '' : `${safeJson(key)}: `}`;
    yield* pieces(item, depth + 1, levels);
    between = ',';
  }
  yield `${indent.slice(0, -2)}${isArray ? ']' : '}'}`;
}
