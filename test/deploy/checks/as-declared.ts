import type { SynthesisedStack, Template } from '../example';
import type { KnownTypes } from '../known-types';
import { differences } from './compare';
import type { DeployedStack, ReadResource } from './deployed';

/** What is not as it was designed, in one stack. */
export interface Finding {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** The stack itself: whole, and locked where it was declared so and the emulator can lock. */
export function stackFindings(
  stack: SynthesisedStack,
  { description }: DeployedStack,
  known: KnownTypes,
): Finding[] {
  const { StackStatus: status = 'nothing', EnableTerminationProtection: locked = false } = description ?? {};
  const unlocked =
    stack.terminationProtection !== locked &&
    !known.loses('AWS::CloudFormation::Stack', 'EnableTerminationProtection');
  return [
    ...(status === 'CREATE_COMPLETE' ? [] : [{ what: 'status', expected: 'CREATE_COMPLETE', found: status }]),
    ...(unlocked
      ? [
          {
            what: 'termination protection',
            expected: String(stack.terminationProtection),
            found: String(locked),
          },
        ]
      : []),
  ];
}

/** Every resource is created, or of a type that the emulator is known not to create. Neither less nor more. */
export function creationFindings(template: Template, deployed: DeployedStack, known: KnownTypes): Finding[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const { Type: type, Condition: condition } = resource;
    const what = `${id} (${type})`;
    if (condition !== undefined) {
      return [{ what, expected: 'no condition, which this test cannot decide', found: condition }];
    }
    const created = deployed.created.get(id) === type;
    const shortcoming = known.shortcomingOf(resource);
    if (created && shortcoming) {
      return [
        {
          what,
          expected: `${shortcoming}, as unsupported-types.json says`,
          found: 'created: the entry is stale',
        },
      ];
    }
    if (created || shortcoming) return [];
    return [{ what, expected: 'created, or listed in unsupported-types.json', found: 'neither' }];
  });
}

/** What a service says about a resource is what the template declares, but for what the emulator is known to lose. */
export function propertyFindings({ read }: DeployedStack, known: KnownTypes): Finding[] {
  return read.flatMap((resource) => resourceFindings(resource, known));
}

function resourceFindings({ logicalId, type, declared, live }: ReadResource, known: KnownTypes): Finding[] {
  if (!live)
    return [{ what: `${logicalId} (${type})`, expected: 'that its service has it', found: 'it does not' }];
  return differences(declared, live)
    .filter(({ path }) => !known.loses(type, path))
    .map(({ path, expected, found }) => ({ what: `${logicalId} (${type}) ${path}`, expected, found }));
}
