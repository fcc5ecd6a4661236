import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { agreement } from './agreement';
import { keysNeededBy } from './encryption';

/** Tables that the service spreads over zones by itself. */
const TABLE: Component = {
  types: ['AWS::DynamoDB::Table', 'AWS::Cassandra::Table', 'AWS::Timestream::Table'],
  part: 'data',
  fails: (table, model) =>
    anyOf(model.regional(table, agreement(slaOf(table), 'a table')), keysNeededBy(table, model)),
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
    const own = model.regional(table, agreement('dynamoDb', 'a table'), region);
    return anyOf(own, keysNeededBy(table, model, region), agreementOfReplicas(table, region, model));
  },
};

export const TABLES: readonly Component[] = [TABLE, GLOBAL_TABLE];

function slaOf({ type }: Resource): 'dynamoDb' | 'keyspaces' {
  return type === 'AWS::Cassandra::Table' ? 'keyspaces' : 'dynamoDb';
}

/** With strong consistency a replica needs one of the two others to agree: with both gone it stops. */
function agreementOfReplicas(table: Resource, region: string, model: Modelling): Failure {
  if (table.text('MultiRegionConsistency') !== 'STRONG') return anyOf();
  const replicas = valuesAt(table, 'Replicas.*.Region');
  const witnesses = valuesAt(table, 'GlobalTableWitnesses.*.Region');
  const others = [...replicas, ...witnesses].filter((other) => typeof other === 'string' && other !== region);
  return others.length < 2 ? anyOf() : model.allRegions(others as readonly string[]);
}
