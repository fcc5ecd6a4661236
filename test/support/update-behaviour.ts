import { STATEFUL_TYPES } from '../../lib/assembly/data/stateful';
import { propertiesOfType } from './replacing-properties';

/** The table of what CloudFormation changes only by replacing a resource, for all types that hold data. */
export function renderUpdateBehaviour(): string {
  const rows = (wanted: 'yes' | 'maybe') =>
    [...STATEFUL_TYPES]
      .sort()
      .map((type) => ({ type, names: propertiesOfType(type, wanted) }))
      .filter(({ names }) => names.length > 0)
      .map(({ type, names }) => `  '${type}': [${names.map((name) => `'${name}'`).join(', ')}],`);
  return `// Written by test/calculus/update-behaviour.test.ts from the resource schemas that the command of the CDK carries.

/** The properties that CloudFormation changes only by replacing the resource, by the types that hold data. */
export const REPLACING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
${rows('yes').join('\n')}
};

/** Those of which the new value, or another property, decides whether it does. */
export const PERHAPS_REPLACING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
${rows('maybe').join('\n')}
};
`;
}
