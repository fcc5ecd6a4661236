import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { keysNeededBy } from './encryption';
import { type SharedServiceId, sharedFails } from './shared-services';

/** Tables that the service spreads over zones by itself. */
const TABLE: Component = {
  types: ['AWS::DynamoDB::Table', 'AWS::Cassandra::Table', 'AWS::Timestream::Table'],
  part: 'data',
  fails: (table, model) => anyOf(sharedFails(serviceOf(table), table, model), keysNeededBy(table, model)),
};

/** A table with replicas: whoever uses it has the one of the own region, and none where there is no such replica. */
const GLOBAL_TABLE: Component = {
  types: ['AWS::DynamoDB::GlobalTable'],
  part: 'data',
  fails: (table, model, from) => {
    const regions = valuesAt(table, 'Replicas.*.Region').filter((region) => typeof region === 'string');
    const region = from !== undefined && regions.includes(from) ? from : regionKey(table);
    if (from !== undefined && region !== from)
      model.assume(`${nameOf(table)} has no replica in ${from}: whoever uses it there asks ${region}`, table);
    const own = sharedFails('dynamodb', table, model, region);
    return anyOf(own, keysNeededBy(table, model, region), agreementOfReplicas(table, region, model));
  },
};

export const TABLES: readonly Component[] = [TABLE, GLOBAL_TABLE];

function serviceOf({ type }: Resource): SharedServiceId {
  if (type === 'AWS::Cassandra::Table') return 'keyspaces';
  return type === 'AWS::Timestream::Table' ? 'timestream' : 'dynamodb';
}

/** With strong consistency a replica needs one of the two others to agree: with both gone it stops. */
function agreementOfReplicas(table: Resource, region: string, model: Modelling): Failure {
  if (table.text('MultiRegionConsistency') !== 'STRONG') return anyOf();
  const replicas = valuesAt(table, 'Replicas.*.Region');
  const witnesses = valuesAt(table, 'GlobalTableWitnesses.*.Region');
  const others = [...replicas, ...witnesses].filter((other) => typeof other === 'string' && other !== region);
  return others.length < 2 ? anyOf() : model.allRegions(others as readonly string[]);
}
