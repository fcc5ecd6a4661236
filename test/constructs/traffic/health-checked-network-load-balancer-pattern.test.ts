import { healthCheckedNetworkLoadBalancer } from '../../patterns/health-checked-network-load-balancer';
import { acceptPattern } from '../../support/pattern';

acceptPattern(healthCheckedNetworkLoadBalancer);
