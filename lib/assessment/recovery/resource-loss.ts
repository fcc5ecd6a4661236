import type { Resource } from '../../assembly/resource';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { type Modelling, nameOf } from '../modelling';
import { instancePath } from './local-losses';
import { backSometime, type Path, taking } from './path';
import { byHand } from './people';

/** How one resource that is lost as a whole comes back by itself, or by a person. */
export function comesBack(resource: Resource, model: Modelling): Path {
  const path = instancePath(resource, model);
  if (path.worstSeconds > 0) return path;
  if (resource.type === 'AWS::EC2::NatGateway')
    return byHand(
      resource,
      taking(RECOVERY_FACTS.gatewayReplacementSeconds, {
        what: 'a NAT gateway is made anew, and routes lead to it',
        resource,
        controlPlane: 'makes a gateway and changes routes',
      }),
      'use a NAT gateway in each zone, or a regional one',
    );
  return backSometime({
    what: `${nameOf(resource)} is run by AWS, and nothing says how long it takes to bring it back`,
    source: 'no page says so',
    resource,
  });
}
