import { healthCheckedLoadBalancer } from '../../patterns/health-checked-load-balancer';
import { acceptPattern } from '../../support/pattern';

acceptPattern(healthCheckedLoadBalancer);
