import { ZoneLossLoad } from '../objectives/policy/capacity';
import type { ResolvedService } from './services';

/** Whether a service owes one unit only, and nothing at once after the loss of a zone. */
export function owesOneUnit({ policy }: Pick<ResolvedService, 'policy'>): boolean {
  return policy.minimumUnits.value === 1 && policy.zoneLossLoad.value === ZoneLossLoad.NONE;
}

/** Why a rule that asks for a second unit does not apply there. */
export const OWES_ONE_UNIT =
  'the tier owes one unit, and after the loss of a zone a replacement within the recovery time, nothing at once';
