import type { DnsTarget, TargetRegion } from '../../assembly/dns/dns-targets';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { Likelihood } from '../../calculus/likelihood';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement, type SlaName } from './agreement';

/** Names that AWS gives tell what answers for them. */
const GIVEN: readonly (readonly [pattern: RegExp, sla: SlaName, what: string])[] = [
  [/\.cloudfront\.net$/, 'cloudFront', 'a distribution'],
  [/\.awsglobalaccelerator\.com$/, 'globalAccelerator', 'an accelerator'],
  [
    /\.elb\.(.+\.)?amazonaws\.com(\.cn)?$|\.elb\.amazonaws\.com$/,
    'loadBalancerMultiAz',
    'a load balancer in several zones',
  ],
  [/\.execute-api\..*amazonaws\.com(\.cn)?$/, 'apiGateway', 'an API'],
  [/\.lambda-url\..*\.on\.aws$/, 'lambda', 'a function'],
  [/(^|\.)s3[.-].*amazonaws\.com(\.cn)?$/, 's3Standard', 'a bucket'],
];

/** The failure of something that a name or an address leads to: a resource of the app, or what is outside of it. */
export function targetFails({ what, region }: DnsTarget, asker: Resource, model: Modelling): Failure {
  if (what instanceof Resource) return model.of(what, asker);
  if (typeof what === 'string') return hostFails(what, region, model);
  model.assume(
    `what ${nameOf(asker)} leads to is not known, and its availability is assumed: ${what.reason}`,
    asker,
  );
  return model.event({
    id: `service:target of ${asker.id}`,
    kind: 'service',
    what: `what ${nameOf(asker)} leads to`,
    resources: [],
    likelihood: model.assumption('withoutAgreement'),
  });
}

/** A host that the app does not hold. */
function hostFails(host: string, region: TargetRegion, model: Modelling): Failure {
  model.assume(`${host} is not in the app: its availability is assumed`);
  const own = model.event({
    id: `service:${host}`,
    kind: 'service',
    what: host,
    resources: [],
    likelihood: likelihoodOfHost(host, model),
  });
  const known = !(region instanceof Unknown) && region !== 'global';
  return known ? anyOf(own, model.regionNamed(region)) : own;
}

function likelihoodOfHost(host: string, model: Modelling): Likelihood {
  const [, sla, what] = GIVEN.find(([pattern]) => pattern.test(host)) ?? [];
  return sla === undefined || what === undefined
    ? model.assumption('withoutAgreement')
    : agreement(sla, what);
}
