import { KEPT_TYPES, keptWhenDeleted } from '../../assembly/data/kept-when-deleted';
import { withoutOwnData } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { ZONE_NAMING_TYPES, zonesWrittenIn } from '../../assembly/network/hard-coded-zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { describe, Unknown } from '../../assembly/value';
import { NAME_PROPERTIES } from '../../calculus/named-types';
import { CHANGE_SAFETY, DELETION_PROTECTION, LOG_RETENTION, REDUNDANCY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, LOW } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest';

/** Names that a service prescribes: web ACLs write their logs to nothing else. */
const PRESCRIBED = /^aws-waf-logs-/;

export const nameIsFree: Rule = {
  id: 'CFN-03',
  title: 'Resources have no name of their own that stands in the way of their replacement.',
  kind: 'protection',
  why: 'CloudFormation makes the new resource before it deletes the old one: with the same name it cannot, and the change fails.',
  fix: 'leave the name out, so that CloudFormation makes one up',
  severity: LOW,
  appliesTo: Object.keys(NAME_PROPERTIES),
  replaces: [...new Set(Object.values(NAME_PROPERTIES))].sort(),
  controls: CHANGE_SAFETY,
  sources: [`${GUIDE}/TemplateReference/aws-properties-name.html`],
  check: (resource) => {
    const property = NAME_PROPERTIES[resource.type] ?? 'Name';
    const name = resource.get(property);
    if (name instanceof Unknown && name.maybeAbsent) return unknown(property, name);
    if (name === undefined || name === null || name === '')
      return pass({ property, found: 'no name of its own' });
    if (typeof name === 'string' && PRESCRIBED.test(name))
      return notApplicable('the service prescribes how the name begins');
    if (isKnownElsewhere(resource)) return notApplicable('another region or account means it by its name');
    return standsInSeveralRegions(resource.stack.graph) && resource.region !== undefined
      ? unknown(property, 'the other regions of the app may mean it by its name')
      : fail({ property, found: describe(name), needed: 'no name' });
  },
};

export const dataOutlivesStack: Rule = {
  id: 'CFN-04',
  title: 'Data outlives the deletion and the replacement of its resource.',
  kind: 'protection',
  why: 'A renamed construct, a changed property or a deleted stack deletes the data with the resource.',
  fix: 'set DeletionPolicy and UpdateReplacePolicy to Retain, or to Snapshot where the type has snapshots',
  severity: HIGH,
  appliesTo: KEPT_TYPES,
  subsumesProperty: [{ rule: 'X-86', property: 'DeletionPolicy', within: 'stack' }],
  controls: [...DELETION_PROTECTION, ...CHANGE_SAFETY],
  sources: [`${GUIDE}/TemplateReference/aws-attribute-deletionpolicy.html`],
  check: (resource, { service }) => unlessRebuildable(resource, service, keptWhenDeleted),
};

export const zonesAreChosen: Rule = {
  id: 'CFN-05',
  title: 'Zones are chosen at deploy, and not written into the template.',
  kind: 'redundancy',
  why: 'The template works in one region only, and not in the one where it is needed after the loss of the first.',
  fix: 'select a zone from Fn::GetAZs, or bind the stack to its region',
  severity: LOW,
  appliesTo: ZONE_NAMING_TYPES,
  controls: REDUNDANCY,
  sources: ['https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md#W3010'],
  check: (resource) => judgeZones(resource),
};

/** Where a type says how long it keeps what goes by itself, and for how long it does where nothing is said. */
const RETENTION: Readonly<Record<string, { readonly property: string; readonly usual: string }>> = {
  'AWS::DocDB::DBCluster': { property: 'BackupRetentionPeriod', usual: '1 day' },
  'AWS::Kinesis::Stream': { property: 'RetentionPeriodHours', usual: '24 hours' },
  'AWS::Logs::LogGroup': { property: 'RetentionInDays', usual: 'for ever' },
  'AWS::Neptune::DBCluster': { property: 'BackupRetentionPeriod', usual: '1 day' },
  'AWS::RDS::DBCluster': { property: 'BackupRetentionPeriod', usual: '1 day' },
  'AWS::RDS::DBInstance': { property: 'BackupRetentionPeriod', usual: '1 day' },
  'AWS::Redshift::Cluster': { property: 'AutomatedSnapshotRetentionPeriod', usual: '1 day' },
  'AWS::SQS::Queue': { property: 'MessageRetentionPeriod', usual: '4 days' },
};

export const retentionIsSaid: Rule = {
  id: 'CFN-06',
  title: 'What AWS deletes after a while says after how long.',
  kind: 'compliance',
  why: 'The default of the service, often a day, was decided by nobody: what is needed after an outage is gone.',
  fix: 'set the retention period, to the default if that is long enough',
  severity: LOW,
  appliesTo: Object.keys(RETENTION),
  controls: LOG_RETENTION,
  sources: ['https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md#I3013'],
  check: (resource) => {
    // Streams and log groups hold no data that other rules ask about here: all of them expire.
    const exempt = resource.type.endsWith('::DBInstance') ? withoutOwnData(resource) : undefined;
    return exempt ?? judgeRetentionSaid(resource);
  },
};

function judgeRetentionSaid(resource: Resource): Judgement {
  const { property = '', usual = 'unknown' } = RETENTION[resource.type] ?? {};
  const judged = resource.isSet(property);
  return judged.outcome === 'fail'
    ? fail({
        property,
        found: `no value, so the default of the service (${usual})`,
        needed: 'a value of yours',
      })
    : judged;
}

/** Between regions and accounts, CloudFormation hands on no references: only names that are known beforehand. */
function isKnownElsewhere(resource: Resource): boolean {
  const mentions = resource.stack.graph.mentionsOf(resource);
  return mentions.some(({ from }) => from.region !== resource.region || from.account !== resource.account);
}

const standsInSeveralRegions = oncePerGraph(
  ({ stacks }) =>
    new Set(stacks.map(({ region }) => region).filter((region) => region !== undefined)).size > 1,
);

function judgeZones(resource: Resource): Judgement {
  const { sure, maybe } = zonesWrittenIn(resource);
  const foreign = sure.filter(({ zone }) => !isOfOwnRegion(zone, resource));
  const [first] = foreign;
  if (first)
    return fail({
      property: first.property,
      found: first.zone,
      needed: 'a zone that is chosen at deploy, or a stack that is bound to the region',
    });
  const open = maybe.find(({ zone }) => !isOfOwnRegion(zone, resource));
  return open ? unknown(open.property, open.why) : pass();
}

/** Whoever binds a stack to a region and account may look its zones up when he synthesises. */
function isOfOwnRegion(zone: string, { region }: Resource): boolean {
  return region !== undefined && zone.slice(0, -1) === region;
}
