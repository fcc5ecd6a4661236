import type { DnsTarget, TargetRegion } from '../../assembly/dns/dns-targets';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { AssumptionName } from '../../calculus/likelihood';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement, type SlaName } from './agreement';
import { type SharedServiceId, sharedElsewhereFails } from './shared-services';

interface Given {
  readonly name: RegExp;
  readonly sla: SlaName;
  readonly what: string;

  /** The service that fails for all that is made of it in a region. @default - it has servers of its own */
  readonly shared?: SharedServiceId;
}

/** Names that AWS gives tell what answers for them. */
const GIVEN: readonly Given[] = [
  { name: /\.cloudfront\.net$/, sla: 'cloudFront', what: 'a distribution', shared: 'cloudfront' },
  { name: /\.awsglobalaccelerator\.com$/, sla: 'globalAccelerator', what: 'an accelerator' },
  {
    name: /\.elb\.(.+\.)?amazonaws\.com(\.cn)?$|\.elb\.amazonaws\.com$/,
    sla: 'loadBalancerMultiAz',
    what: 'a load balancer in several zones',
  },
  {
    name: /\.execute-api\..*amazonaws\.com(\.cn)?$/,
    sla: 'apiGateway',
    what: 'an API',
    shared: 'api-gateway',
  },
  { name: /\.lambda-url\..*\.on\.aws$/, sla: 'lambda', what: 'a function', shared: 'lambda' },
  { name: /(^|\.)s3[.-].*amazonaws\.com(\.cn)?$/, sla: 's3Standard', what: 'a bucket', shared: 's3' },
];

/** The failure of something that a name or an address leads to: a resource of the app, or what is outside of it. */
export function targetFails({ what, region }: DnsTarget, asker: Resource, model: Modelling): Failure {
  if (what instanceof Resource) return model.of(what, asker);
  if (typeof what === 'string') {
    model.assume(`${what} is not in the app: its availability is assumed`);
    return hostFails(what, region, { model, assumption: 'withoutAgreement' });
  }
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

/** Whose a host is decides what it is taken to keep where AWS does not say so. */
interface Outside {
  readonly model: Modelling;
  readonly assumption: AssumptionName;
}

/** A host that the app does not hold. */
export function hostFails(host: string, region: TargetRegion, { model, assumption }: Outside): Failure {
  const known = region instanceof Unknown || region === 'global' ? undefined : region;
  const given = GIVEN.find(({ name }) => name.test(host));
  const shared = given?.shared;
  if (shared === 'cloudfront' || (shared !== undefined && known !== undefined))
    return sharedElsewhereFails(shared, known, model);
  const own = model.event({
    id: `service:${host}`,
    kind: 'service',
    what: host,
    resources: [],
    likelihood: given ? agreement(given.sla, given.what) : model.assumption(assumption),
  });
  return known === undefined ? own : anyOf(own, model.regionNamed(known));
}
