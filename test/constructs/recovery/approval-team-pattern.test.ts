import { approvalTeam } from '../../patterns/approval-team';
import { acceptPattern } from '../../support/pattern';

acceptPattern(approvalTeam);
