import { incidentBridge } from '../../../patterns/incident-bridge';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(incidentBridge);
