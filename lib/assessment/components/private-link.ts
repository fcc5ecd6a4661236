import type { Resource } from '../../assembly/resource';
import { writtenText } from '../../assembly/wiring/written-address';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';

/** What names the load balancers of a service that others reach by PrivateLink. */
const BALANCERS: readonly string[] = ['NetworkLoadBalancerArns', 'GatewayLoadBalancerArns'];

/** What stands behind an endpoint of somebody's service: its load balancers, or what is not in the app. */
export function behindEndpointFails(endpoint: Resource, model: Modelling): Failure {
  const services = endpoint.references
    .map(({ reference }) => reference.resource)
    .filter(({ type }) => type === 'AWS::EC2::VPCEndpointService');
  const balancers = services.flatMap((service) =>
    BALANCERS.flatMap((property) => service.targets(property).resources),
  );
  if (balancers.length > 0)
    return anyOf(...[...new Set(balancers)].map((balancer) => model.of(balancer, endpoint)));
  const name = writtenText(endpoint.get('ServiceName') ?? null, endpoint.stack);
  if (!/vpce-svc-/.test(name)) return anyOf();
  model.assume(`${nameOf(endpoint)} leads out of the app: ${name}; its availability is assumed`, endpoint);
  const own = model.event({
    id: `service:${name}`,
    kind: 'service',
    what: `the service behind ${name}`,
    resources: [],
    likelihood: model.assumption('withoutAgreement'),
  });
  return anyOf(own, model.regionNamed(regionKey(endpoint)));
}
