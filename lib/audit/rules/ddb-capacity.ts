import { isScaled, type TableCapacity } from '../../assembly/compute/scaling';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { describe, isList, Unknown } from '../../assembly/value';
import { CAPACITY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const TABLE = 'AWS::DynamoDB::Table';

/** What is read or written, by the words of CloudFormation. */
const USES = ['Read', 'Write'] as const;
type Use = (typeof USES)[number];

export const provisionedTableScales: Rule = {
  id: 'DDB-03',
  title: 'Tables and indexes are on demand, or have a scalable target for reads and one for writes.',
  kind: 'capacity',
  why: 'Above a fixed capacity requests are throttled, just when load from a lost zone or region arrives.',
  fix: 'set BillingMode to PAY_PER_REQUEST, or scale reads and writes of the table and each of its indexes',
  severity: MEDIUM,
  appliesTo: [TABLE, 'AWS::DynamoDB::GlobalTable'],
  controls: CAPACITY,
  sources: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html'],
  check: (table) => {
    const follows = isSet(table, 'GlobalTableSourceArn');
    if (follows instanceof Unknown) return unknown('GlobalTableSourceArn', follows);
    if (follows) return notApplicable('its capacity is that of a table in another account');
    // Both types are provisioned where nothing is said.
    const onDemand = table.is('BillingMode', 'PAY_PER_REQUEST', { default: 'PROVISIONED' });
    if (onDemand.outcome === 'pass') return onDemand;
    const scaled = all(...(table.type === TABLE ? judgeTable(table) : judgeGlobalTable(table)));
    if (scaled.outcome === 'notApplicable') return onDemand;
    return scaled.outcome === 'fail' && onDemand.outcome === 'unknown' ? onDemand : scaled;
  },
};

function judgeTable(table: Resource): readonly Judgement[] {
  const own = USES.map((use) => judgeTarget(table, 'BillingMode', { use }));
  const indexes = eachEntry(table, 'GlobalSecondaryIndexes', (path) => {
    const index = table.get(`${path}.IndexName`);
    if (index === undefined) return unknown(path, 'the index has no name');
    return all(...USES.map((use) => judgeTarget(table, path, { use, index })));
  });
  return [...own, ...indexes];
}

function judgeTarget(table: Resource, property: string, capacity: TableCapacity): Judgement {
  const scaled = isScaled(table, capacity);
  if (scaled instanceof Unknown) return unknown(property, scaled);
  const { use, index } = capacity;
  const what = `${use.toLowerCase()}s${index === undefined ? '' : ` of index ${describe(index)}`}`;
  if (scaled) return pass({ property, found: `a scalable target for ${what}` });
  return fail({
    property,
    found: `no scalable target for ${what}`,
    needed: 'PAY_PER_REQUEST, or scalable targets for reads and writes',
  });
}

/** A global table carries its own scaling: writes for all regions, reads for each replica. */
function judgeGlobalTable(table: Resource): readonly Judgement[] {
  return [
    judgeOwnScaling(table, '', 'Write'),
    ...eachEntry(table, 'Replicas', (replica) => judgeOwnScaling(table, `${replica}.`, 'Read')),
    ...eachEntry(table, 'GlobalSecondaryIndexes', (index) => judgeGlobalIndex(table, index)),
  ];
}

function judgeGlobalIndex(table: Resource, index: string): Judgement {
  const name = table.get(`${index}.IndexName`);
  if (name === undefined) return unknown(index, 'the index has no name');
  const reads = eachEntry(table, 'Replicas', (replica) => {
    const entries = eachEntry(table, `${replica}.GlobalSecondaryIndexes`, (entry) => {
      const same = sameToken(table.get(`${entry}.IndexName`) ?? '', name);
      if (same === false) return notApplicable('another index');
      const scaled = judgeOwnScaling(table, `${entry}.`, 'Read');
      return same === undefined
        ? unknown(entry, `whether it is ${describe(name)} is known only at deploy`)
        : scaled;
    });
    const found = all(...entries);
    return found.outcome === 'notApplicable'
      ? fail({ property: replica, found: `no reads of index ${describe(name)}`, needed: 'automatic scaling' })
      : found;
  });
  return all(judgeOwnScaling(table, `${index}.`, 'Write'), ...reads);
}

function judgeOwnScaling(table: Resource, prefix: string, use: Use): Judgement {
  const settings = `${prefix}${use}ProvisionedThroughputSettings`;
  return table.isSet(`${settings}.${use}CapacityAutoScalingSettings.MaxCapacity`, 'automatic scaling');
}

/** Judges every entry of a list by its path; an entry that does not exist has nothing to judge. */
function eachEntry(table: Resource, list: string, judge: (path: string) => Judgement): readonly Judgement[] {
  const entries = table.get(list);
  if (entries instanceof Unknown) return [unknown(list, entries)];
  if (!isList(entries)) return [notApplicable(`${list} is not set`)];
  return entries.map((_, position) => judge(`${list}.${position}`));
}
