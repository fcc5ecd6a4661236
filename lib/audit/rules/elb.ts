import { iso27001, nist80053, wellArchitected } from '../controls';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const loadBalancerSpansZones: Rule = {
  id: 'ELB-01',
  title: 'Load balancers span at least two zones.',
  kind: 'redundancy',
  why: 'A load balancer in one zone is gone with that zone, whatever stands behind it.',
  fix: 'give the load balancer a subnet in at least two zones',
  severity: HIGH,
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  controls: [iso27001('A.8.14'), nist80053('CP-10'), wellArchitected('REL10-BP01')],
  check: (loadBalancer) => loadBalancer.zones.atLeast(2, 'Subnets'),
};
