import { rdsMultiAzInstance } from '../../../patterns/rds-multi-az-instance';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(rdsMultiAzInstance);
