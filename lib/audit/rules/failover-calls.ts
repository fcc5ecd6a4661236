import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import {
  ACTING_TYPES,
  failoverTriggerOf,
  isStartedByHand,
  plansSwitchRecords,
  type Trigger,
} from '../../assembly/dns/failover-path';
import type { Graph } from '../../assembly/graph';
import { mayDo } from '../../assembly/iam/iam-access';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { someTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { COMPUTE_TYPES, environmentOf } from '../../assembly/wiring/call-environment';
import { RegionRole } from '../../objectives/region-role';
import { HEALTH_CHECKS, SECOND_REGION } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { regionsOf } from '../service-places';
import { HIGH, MEDIUM } from '../severity';

const GLOBAL_SERVICES =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html';

/** Calls of the control plane that move traffic. */
const TRAFFIC_CALLS = ['route53:ChangeResourceRecordSets', 'cloudfront:UpdateDistribution'];

export const failoverNeedsNoControlPlane: Rule = {
  id: 'X-08',
  title: 'A failover changes no DNS record and no distribution.',
  kind: 'redundancy',
  why: 'The control planes of Route 53 and CloudFront stand in one region: when it fails, records and distributions cannot be changed, and the failover does not happen.',
  fix: 'let a health check or an ARC routing control drive the record, and take the permission away',
  severity: HIGH,
  appliesTo: ACTING_TYPES,
  controls: HEALTH_CHECKS,
  sources: [
    GLOBAL_SERVICES,
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_avoid_control_plane.html',
  ],
  check: (actor, { graph }) => {
    const trigger = failoverTriggerOf(actor);
    return trigger ? judgeTraffic(actor, trigger, graph) : judgeUntriggered(actor);
  },
};

function judgeTraffic(actor: Resource, trigger: Trigger, graph: Graph): Judgement {
  const held = TRAFFIC_CALLS.map((action) => ({ action, may: mayDo(actor, action) }));
  const sure = held.find(({ may }) => may === true);
  const open = held.find(({ may }) => may instanceof Unknown);
  if (!sure && !open) return pass({ found: `${trigger.by.logicalId} starts it, and it changes no record` });
  const driven = drivenRecords(graph);
  if (driven === true) return pass({ found: 'health checks drive the records' });
  if (!sure && open?.may instanceof Unknown) return unknown(undefined, open.may);
  if (driven instanceof Unknown) return unknown(undefined, driven);
  return fail({
    found: `${sure?.action} in the role of what ${trigger.by.logicalId} starts`,
    needed: 'records that a health check or a routing control switches',
  });
}

/** What nothing starts may be what a person starts when a region is lost. */
function judgeUntriggered(actor: Resource): Judgement {
  const byHand = isStartedByHand(actor);
  const none = notApplicable('no alarm, no event of an outage and no plan starts it');
  if (byHand === false) return none;
  const may = TRAFFIC_CALLS.map((action) => mayDo(actor, action));
  if (!may.includes(true)) return none;
  return unknown(
    undefined,
    'it may change DNS records or distributions, and nothing in the app tells what starts it',
  );
}

/** Whether some failover record of the app switches by itself. */
const drivenRecords = oncePerGraph((graph): boolean | Unknown => {
  const records = dnsRecordsOf(graph);
  const switching = records.all.filter(
    (record) =>
      record.failover !== undefined ||
      record.get('Weight') !== undefined ||
      record.get('Region') !== undefined,
  );
  const driven = switching.some(
    (record) => record.healthCheckId !== undefined || record.evaluatesTargetHealth === true,
  );
  if (driven || plansSwitchRecords(graph)) return true;
  if (records.unseen !== undefined) return new Unknown(records.unseen);
  // Records that the app does not hold may have health checks.
  return records.all.length > 0 || graph.ofType('AWS::Route53::HostedZone').length > 0
    ? false
    : new Unknown('the records that it changes are not in the app');
});

/** Changes to what exists once in the world. */
const GLOBAL_CALLS = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'globalaccelerator:UpdateEndpointGroup',
];

/** Metrics that exist in one region only, by their namespace. */
const ONE_REGION_METRICS: Readonly<Record<string, string>> = {
  'AWS/CloudFront': 'us-east-1',
  'AWS/GlobalAccelerator': 'us-west-2',
  'AWS/Route53': 'us-east-1',
};

/** Endpoints that stand in one region although each region has its own. */
const GLOBAL_ENDPOINT = /https?:\/\/(sts|s3)\.amazonaws\.com/i;

export const recoveryNeedsNoGlobalPoint: Rule = {
  id: 'X-62',
  title: 'A recovery hangs on nothing that exists in one region only.',
  kind: 'redundancy',
  why: 'IAM, metrics of Route 53 and global endpoints stand in one region: while that region is down, what needs them cannot recover, wherever it stands.',
  fix: 'prepare roles beforehand, use regional endpoints, and let alarms of the surviving region decide',
  severity: MEDIUM,
  appliesTo: [...new Set([...ACTING_TYPES, ...COMPUTE_TYPES])],
  controls: SECOND_REGION,
  sources: [GLOBAL_SERVICES],
  check: (resource, context) => {
    const trigger = failoverTriggerOf(resource);
    const regions = regionsOf(context.placesOf(context.service.name));
    const recovers = regions.length > 1 || trigger !== undefined;
    if (!recovers) return notApplicable('it is no part of a recovery that the app shows');
    return [...judgeEndpoints(resource), ...(trigger ? judgeGlobalCalls(resource, trigger, context) : [])];
  },
};

function judgeEndpoints(resource: Resource): readonly Judgement[] {
  return environmentOf(resource).map(({ property, value }) => {
    if (value instanceof Unknown) return unknown(property, value);
    const pinned = typeof value === 'string' && GLOBAL_ENDPOINT.test(value);
    const legacy = property.endsWith('.AWS_STS_REGIONAL_ENDPOINTS') && value === 'legacy';
    return pinned || legacy
      ? fail({ property, found: String(value), needed: 'the endpoint of the own region' })
      : pass({ property, found: 'no global endpoint' });
  });
}

function judgeGlobalCalls(actor: Resource, trigger: Trigger, context: RuleContext): readonly Judgement[] {
  const judged = [
    judgeMetrics(actor, trigger),
    judgePlace(actor, context),
    ...judgeMutations(actor, trigger, context),
  ];
  const declared = regionsOf(context.placesOf(context.service.name)).length > 1 || trigger.by.type === PLAN;
  return declared
    ? judged
    : judged.map((each) => (each.outcome === 'fail' ? unknown(undefined, UNDECLARED) : each));
}

const PLAN = 'AWS::ARCRegionSwitch::Plan';

/** An alarm may start anything: a cleaning-up, a lock-out. */
const UNDECLARED =
  'an alarm starts what changes something global, and no second region is declared that it recovers to';

/** Calls with which something is brought back. */
const RECOVERY_CALLS = [
  ...TRAFFIC_CALLS,
  'arc-region-switch:StartPlanExecution',
  'autoscaling:UpdateAutoScalingGroup',
  'ecs:UpdateService',
  'rds:FailoverGlobalCluster',
  'rds:PromoteReadReplica',
  'rds:SwitchoverGlobalCluster',
  'route53-recovery-cluster:UpdateRoutingControlState',
];

/** An alarm that only tells people is no point of the recovery. */
function judgeMetrics(actor: Resource, { by }: Trigger): Judgement {
  const metric = by.text('Namespace');
  const only = typeof metric === 'string' ? ONE_REGION_METRICS[metric] : undefined;
  if (only === undefined) return pass({ found: `${by.logicalId} starts it, which every region can have` });
  const recovers = someTruth(RECOVERY_CALLS.map((action) => mayDo(actor, action)));
  if (recovers instanceof Unknown) return unknown(undefined, recovers);
  if (!recovers) return pass({ found: `${by.logicalId} starts it, and it recovers nothing` });
  return fail({
    found: `${by.logicalId} on metrics of ${metric}, which exist in ${only} only`,
    needed: 'an alarm that every region can have',
  });
}

/** What recovers from the loss of us-east-1 must not stand there alone. */
function judgePlace(actor: Resource, { graph, service, serviceOf }: RuleContext): Judgement {
  const primary = (service.role ?? RegionRole.STANDBY) === RegionRole.PRIMARY;
  if (actor.region !== 'us-east-1' || !primary)
    return notApplicable('it stands in no region that it recovers from');
  const twin = graph
    .ofType(actor.type)
    .find(
      (other) =>
        other.region !== actor.region && serviceOf(other).name === service.name && failoverTriggerOf(other),
    );
  return twin
    ? pass({ found: `${twin.logicalId} in ${twin.region ?? 'another region'}` })
    : fail({ found: 'us-east-1 only, the primary region', needed: 'the same in the region that takes over' });
}

function judgeMutations(actor: Resource, { by }: Trigger, { graph }: RuleContext): readonly Judgement[] {
  const calls = drivenRecords(graph) === true ? GLOBAL_CALLS : [...GLOBAL_CALLS, ...TRAFFIC_CALLS];
  return calls.map((action) => {
    const may = mayDo(actor, action);
    if (may instanceof Unknown) return unknown(undefined, may);
    return may
      ? fail({
          found: `${action} in what ${by.logicalId} starts`,
          needed: 'nothing that IAM, Route 53 or CloudFront must change',
        })
      : pass({ found: `${by.logicalId} starts it, and it changes nothing global` });
  });
}
