import type { Truth } from '../conditions';
import { fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { Unknown } from '../value';

interface Rotations {
  readonly bySecret: ReadonlyMap<Resource, readonly Resource[]>;

  /** Why another schedule may rotate a secret. */
  readonly open?: Unknown;
}

/** Judges whether a schedule of the app rotates a secret. */
export function isRotated(secret: Resource): Judgement {
  const { bySecret, open } = rotationsIn(secret.stack.graph);
  const existing = (bySecret.get(secret) ?? []).map((schedule): [Resource, Truth] => [
    schedule,
    existsWith(schedule, secret),
  ]);
  const sure = existing.find(([, truth]) => truth === true);
  if (sure) return pass({ found: `rotated by ${sure[0].logicalId}` });
  const doubt = existing.find(([, truth]) => truth instanceof Unknown)?.[1] ?? open;
  if (doubt instanceof Unknown) return unknown(undefined, doubt);
  return fail({ found: 'no rotation schedule', needed: 'a rotation schedule' });
}

const rotationsIn = oncePerGraph((graph): Rotations => {
  const bySecret = new Map<Resource, Resource[]>();
  const [macro] = graph.unreadable;
  let open = macro === undefined ? undefined : new Unknown(macro);
  for (const schedule of graph.ofType('AWS::SecretsManager::RotationSchedule')) {
    const secret = secretOf(schedule);
    if (secret instanceof Unknown) open ??= secret;
    else if (secret) bySecret.set(secret, [...(bySecret.get(secret) ?? []), schedule]);
  }
  return { bySecret, ...(open && { open }) };
});

/** An attachment of a secret to its database stands for the secret. */
function secretOf(schedule: Resource): Resource | Unknown | undefined {
  const named = schedule.target('SecretId');
  return named instanceof Resource && named.type === 'AWS::SecretsManager::SecretTargetAttachment'
    ? named.target('SecretId')
    : named;
}
