import { failoverDns } from '../../patterns/failover-dns';
import { acceptPattern } from '../../support/pattern';

acceptPattern(failoverDns);
