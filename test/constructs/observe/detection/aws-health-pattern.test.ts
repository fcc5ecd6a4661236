import { awsHealth } from '../../../patterns/aws-health';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(awsHealth);
