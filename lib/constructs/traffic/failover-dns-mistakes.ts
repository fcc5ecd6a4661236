import { RecordType } from 'aws-cdk-lib/aws-route53';
import { type Duration, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { EVERYBODY, HTTP, HTTPS } from './entry-facts';
import type { FailoverTarget, FailoverTargetProps } from './failover-target';
import type { FailoverPace } from './failover-timing';
import type { HealthCheckedLoadBalancer } from './health-checked-load-balancer';

/** What is judged before anything is made. @internal */
export interface FailoverDnsFacts extends FailoverTargetProps, FailoverPace {
  readonly checkerRegions?: string[];
  readonly healthCheckPort?: number;
  readonly https?: boolean;
}

/** Everything in which a DNS failover contradicts itself or what Route 53 offers. @internal */
export function failoverDnsMistakes(facts: FailoverDnsFacts): Mistake[] {
  return [
    ...targetMistakes(facts),
    ...reachMistakes(facts),
    ...paceMistakes(facts),
    ...checkerMistakes(facts.checkerRegions),
  ];
}

function targetMistakes({ loadBalancer, endpoint, recordType, ttl }: FailoverDnsFacts): Mistake[] {
  const mistakes: Mistake[] = [];
  if ((loadBalancer === undefined) === (endpoint === undefined)) {
    mistakes.push({
      problem: `requests go to ${loadBalancer ? 'a load balancer and an endpoint' : 'nowhere'}`,
      fix: 'give either loadBalancer or endpoint',
    });
  }
  if (loadBalancer && ttl) {
    mistakes.push({
      problem: 'a record to a load balancer is an alias, whose time to live is fixed at 60 s',
      fix: 'leave ttl out',
    });
  }
  if (recordType !== undefined && !(ENDPOINT_TYPES.includes(recordType) && endpoint !== undefined)) {
    mistakes.push({
      problem: `recordType is ${recordType}`,
      fix: `give an endpoint and one of ${ENDPOINT_TYPES.join(', ')}`,
    });
  }
  return mistakes;
}

/** A check that nothing answers is red for ever, in both regions alike. */
function reachMistakes(facts: FailoverDnsFacts): Mistake[] {
  const { loadBalancer } = facts;
  if (!loadBalancer) return [];
  if (!loadBalancer.internetFacing) {
    return [
      {
        problem: 'the load balancer does not face the Internet, where the health checkers of Route 53 are',
        fix: 'set internetFacing on the load balancer',
      },
    ];
  }
  const { allowedCidrs, node } = loadBalancer;
  if (allowedCidrs.includes(EVERYBODY)) return portMistakes(facts, loadBalancer);
  const callers = allowedCidrs.map((cidr) =>
    Token.isUnresolved(cidr) ? 'a range known at deployment' : cidr,
  );
  return [
    {
      problem:
        `${node.path} admits ${callers.join(', ')}, ` +
        'not everybody: health checkers of Route 53 that are shut out never find the record healthy',
      fix: `leave allowedCidrs out, or add ${EVERYBODY} and keep strangers out behind it`,
    },
  ];
}

function portMistakes(facts: FailoverDnsFacts, loadBalancer: HealthCheckedLoadBalancer): Mistake[] {
  const { node, ports } = loadBalancer;
  const https = facts.https ?? loadBalancer.https;
  const port = facts.healthCheckPort ?? (https ? HTTPS : HTTP);
  if (Token.isUnresolved(port)) return [];
  if (!ports.includes(port)) {
    return [
      {
        problem: `the health checkers call port ${port}, but ${node.path} listens on ${ports.join(' and ')}`,
        fix: 'leave healthCheckPort and https out',
      },
    ];
  }
  if (https === (port === HTTPS)) return [];
  return [
    {
      problem:
        `the health checkers speak ${https ? 'HTTPS' : 'plain HTTP'} to port ${port}, ` +
        `where ${node.path} speaks ${https ? 'plain HTTP' : 'HTTPS'}`,
      fix: 'leave healthCheckPort and https out',
    },
  ];
}

/** A check that calls the record itself finds the other region well, and stays green whatever happens here. @internal */
export function loopMistakes(
  { host, address }: FailoverTarget,
  recordName: string,
  zoneName: string,
): Mistake[] {
  const name = `.${recordName}`.endsWith(`.${zoneName}`) ? recordName : `${recordName}.${zoneName}`;
  if (address !== undefined || host !== name) return [];
  return [
    {
      problem: `the health checkers call ${name}, which is the record that fails over`,
      fix: 'give healthCheckHost or endpoint a name of this region only',
    },
  ];
}

const ENDPOINT_TYPES: readonly RecordType[] = [RecordType.A, RecordType.AAAA, RecordType.CNAME];

function paceMistakes(facts: FailoverPace): Mistake[] {
  const { route53HealthCheckIntervalsSeconds, route53FailureThresholdRange } = AWS_FACTS;
  const { ttl, failoverBudget, promotion, approval, healthCheckInterval } = facts;
  const mistakes: Mistake[] = [];
  for (const [what, span] of Object.entries({
    ttl,
    failoverBudget,
    promotion,
    approval,
    healthCheckInterval,
  })) {
    if (isOpen(span)) {
      mistakes.push({ problem: `${what} is known at deployment only`, fix: `write ${what} as a number` });
    }
  }
  const interval = healthCheckInterval?.toSeconds();
  const intervals: readonly number[] = route53HealthCheckIntervalsSeconds.value;
  if (interval !== undefined && !isOpen(healthCheckInterval) && !intervals.includes(interval)) {
    mistakes.push({
      problem: `healthCheckInterval is ${interval} s, but Route 53 checks every ${intervals.join(' s or ')} s`,
      fix: `set healthCheckInterval to ${intervals.join(' s or ')} s`,
    });
  }
  const { least, most } = route53FailureThresholdRange.value;
  const threshold = facts.healthCheckFailureThreshold ?? least;
  if (!(Number.isInteger(threshold) && threshold >= least && threshold <= most)) {
    mistakes.push({
      problem: `healthCheckFailureThreshold is ${threshold}, but Route 53 takes ${least} to ${most}`,
      fix: `set healthCheckFailureThreshold to a whole number from ${least} to ${most}`,
    });
  }
  return mistakes;
}

function isOpen(span: Duration | undefined): boolean {
  return span !== undefined && Token.isUnresolved(span.toSeconds());
}

function checkerMistakes(regions: string[] | undefined): Mistake[] {
  if (regions === undefined || Token.isUnresolved(regions)) return [];
  const { route53CheckerRegions, route53MinimumCheckerRegions } = AWS_FACTS;
  const known: readonly string[] = route53CheckerRegions.value;
  const least = route53MinimumCheckerRegions.value;
  const mistakes: Mistake[] = [];
  const strange = regions.filter((region) => !known.includes(region));
  if (strange.length > 0) {
    mistakes.push({
      problem: `Route 53 does not check from ${strange.map(quoted).join(', ')}`,
      fix: `choose from ${known.join(', ')}`,
    });
  }
  if (new Set(regions).size < least) {
    mistakes.push({
      problem: `there are ${new Set(regions).size} checker regions, but Route 53 needs ${least}`,
      fix: `name ${least} regions or more, or leave checkerRegions out`,
    });
  }
  return mistakes;
}
