import type { Construct } from 'constructs';
import type { Mistake } from '../../objectives/mistakes';
import { ServiceScope } from '../governance/service-scope';

/** A witness keeps what is written until the replicas have it, so residency is its matter too. @internal */
export function witnessMistakes(construct: Construct, witness: string | undefined): Mistake[] {
  const residency = ServiceScope.of(construct)?.service.residency;
  if (witness === undefined || (residency?.allows(witness) ?? true)) return [];
  return [
    {
      problem: `the witness is ${witness}, where the data of the service may not lie`,
      fix: 'name a witnessRegion that the residency of the service allows',
    },
  ];
}
