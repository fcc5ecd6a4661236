import { originFailover } from '../../patterns/origin-failover';
import { acceptPattern } from '../../support/pattern';

acceptPattern(originFailover);
