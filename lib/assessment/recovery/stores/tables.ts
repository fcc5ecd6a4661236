import { inMultiRegionKeyspace, someEntry, when } from '../../../assembly/data/stateful-protections';
import { regionsOfAccountReplicas } from '../../../assembly/data/table-replicas';
import { valuesAt } from '../../../assembly/network/zones';
import type { Resource } from '../../../assembly/resource';
import { wordOf } from '../../../assembly/value';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { lagTerms } from '../copies';
import { AT_ONCE } from '../path';
import { continuous, plannedPoints, pointsWhere, restored, whyOpen } from '../points';
import { type Copy, type Store, storeOf } from '../store';

const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

/** A table of DynamoDB or Keyspaces: it stands in all zones. */
export function table(resource: Resource): Store {
  const keyspaces = resource.type === 'AWS::Cassandra::Table';
  const global = resource.type === 'AWS::DynamoDB::GlobalTable';
  const judge = keyspaces
    ? when('PointInTimeRecoveryEnabled', true)
    : global
      ? someEntry('Replicas', PITR, true)
      : when(PITR, true);
  const recovers = judge(resource);
  const planned = plannedPoints(resource, { restore: 'restoreTableSeconds' });
  const open = whyOpen(recovers) ?? planned.open;
  return storeOf({
    resource,
    noun: 'the table',
    instance: AT_ONCE,
    zone: AT_ONCE,
    points: [
      ...pointsWhere(recovers, () => [
        continuous(
          resource,
          AWS_FACTS.dynamoDbPointInTimeLagSeconds,
          restored(resource, 'restoreTableSeconds'),
        ),
      ]),
      ...planned.points,
    ],
    copies: global ? replicasOf(resource) : keyspaces ? keyspaceCopies(resource) : [],
    protect: `set ${keyspaces ? 'PointInTimeRecoveryEnabled' : 'PointInTimeRecoveryEnabled of its PointInTimeRecoverySpecification'} to true`,
    spread: 'make it a global table with a replica in another region',
    copied: 'copy its backups there',
    ...(open !== undefined && { open }),
  });
}

/** A table of Timestream has neither versions nor continuous backups: only plans keep it. */
export function timeSeries(resource: Resource): Store {
  return storeOf({
    resource,
    noun: 'the table',
    instance: AT_ONCE,
    zone: AT_ONCE,
    ...plannedPoints(resource),
    protect: 'select it in a backup plan',
  });
}

function replicasOf(resource: Resource): readonly Copy[] {
  const strong = resource.text('MultiRegionConsistency') === 'STRONG';
  const lag = strong ? [] : lagTerms(resource, AWS_FACTS.dynamoDbGlobalTableLagSeconds);
  const regions = valuesAt(resource, 'Replicas.*.Region');
  const others = regions.filter((region) => typeof region === 'string' && region !== resource.region);
  // Of a stack that is bound to no region, one of the replicas is its own.
  const elsewhere = resource.region === undefined ? others.slice(1) : others;
  const ofAccounts = regionsOfAccountReplicas(resource).filter(
    (region) => region === undefined || region !== resource.region,
  );
  return [...elsewhere.map(wordOf), ...ofAccounts].map((region) => ({ region, lag }));
}

function keyspaceCopies(resource: Resource): readonly Copy[] {
  const spread = inMultiRegionKeyspace(resource).outcome === 'pass';
  return spread
    ? [{ region: undefined, lag: lagTerms(resource, AWS_FACTS.dynamoDbGlobalTableLagSeconds) }]
    : [];
}
