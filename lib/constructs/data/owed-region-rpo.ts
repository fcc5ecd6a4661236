import type { Construct } from 'constructs';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';
import type { DataProps } from './data-choice';

/** The recovery point that the data of a construct is owed when the region is lost, in seconds; none where it can be made again. @internal */
export function owedRegionRpo(
  construct: Construct,
  choices: TierChoices,
  { dataClass }: DataProps,
): number | undefined {
  const service = ServiceScope.of(construct)?.service;
  if (!service) return choices.policy.recovery.region.rpo.value.toSeconds();
  const known = service.dataClasses?.find(({ name }) => name === dataClass);
  return service.rpo('region', known)?.toSeconds();
}
