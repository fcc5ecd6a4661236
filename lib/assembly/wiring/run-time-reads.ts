import type { Truth } from '../conditions';
import { mayDo } from '../iam/iam-access';
import { grantsOf } from '../iam/iam-grants';
import { resourcesNamedBy, standsFor } from '../iam/iam-resources';
import { rolesOf } from '../iam/iam-roles';
import { concernsAction, type Grant } from '../iam/iam-statements';
import { oncePerResource } from '../once-per-resource';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { COMPUTE_TYPES, environmentOf, namedIn } from './call-environment';

/** What code asks a service of AWS for while it runs: a secret, a parameter, the use of a key. */
export interface RunTimeRead {
  readonly to: Resource;

  /** Whether its environment names it, and not only its role. */
  readonly named: boolean;

  /** Whether what starts the code reads it, and not the code. */
  readonly atStart: boolean;

  /** Unknown where only deploy knows whether it may. */
  readonly certain: Truth;
}

/** What one must be allowed in order to read. */
const READING: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': [
    'kms:Decrypt',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateMac',
    'kms:Sign',
    'kms:Verify',
  ],
  'AWS::SSM::Parameter': ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue'],
};

const TYPES: readonly string[] = [...COMPUTE_TYPES, 'AWS::ECS::TaskDefinition'];

/** What fills a variable before the code starts, under the role of whoever starts it. */
const FILLED_AT_START = /\.(ValueFrom|RuntimeEnvironmentSecrets\..*)$/;

/**
 * The secrets, parameters and keys of the app that what a resource runs may read: those that its environment names, and those
 * that its role names one by one. Each once; what the code reads stands for what is read when it starts.
 */
export const runTimeReadsOf = oncePerResource((resource): readonly RunTimeRead[] => {
  if (!TYPES.includes(resource.type)) return [];
  const found = new Map<Resource, RunTimeRead>();
  for (const read of [...readsInEnvironment(resource), ...readsInGrants(resource)]) {
    const known = found.get(read.to);
    if (read.certain === false || (known && !isBetter(read, known))) continue;
    found.set(read.to, { ...read, named: read.named || known?.named === true });
  }
  return [...found.values()];
});

function isBetter(read: RunTimeRead, known: RunTimeRead): boolean {
  if (read.atStart !== known.atStart) return known.atStart;
  return read.certain === true && known.certain !== true;
}

function readsInEnvironment(resource: Resource): readonly RunTimeRead[] {
  return environmentOf(resource).flatMap((entry) => {
    const atStart = FILLED_AT_START.test(entry.property);
    return namedIn(entry, resource).flatMap((reference): readonly RunTimeRead[] => {
      const to = standsFor(reference.resource);
      const actions = READING[to.type];
      if (!actions) return [];
      const certain = atStart || someTruth(actions.map((action) => mayDo(resource, action, to)));
      return [{ to, named: true, atStart, certain }];
    });
  });
}

function readsInGrants(resource: Resource): readonly RunTimeRead[] {
  return rolesOf(resource).roles.flatMap(readsOfRole);
}

const readsOfRole = oncePerResource((role): readonly RunTimeRead[] =>
  grantsOf(role).grants.flatMap(readsOfGrant),
);

function readsOfGrant(grant: Grant): readonly RunTimeRead[] {
  if (grant.effect === 'Deny') return [];
  return resourcesNamedBy(grant.resources, grant.by).resources.flatMap((to): readonly RunTimeRead[] => {
    const actions = READING[to.type];
    if (!actions) return [];
    const concerned = someTruth(actions.map((action) => concernsAction(grant, action)));
    return [{ to, named: false, atStart: false, certain: everyTruth([grant.certain, concerned]) }];
  });
}
