import { type Likelihood, likelihoodOf } from '../calculus/likelihood';
import type { ThirdParty } from '../objectives/third-party';
import type { Failure } from './failure';
import type { Modelling } from './modelling';

/** Somebody else's service does not answer: by its contract, or as what promises nothing. */
export function thirdPartyFails({ name, sla }: Pick<ThirdParty, 'name' | 'sla'>, model: Modelling): Failure {
  return model.event({
    id: `third-party:${name}`,
    kind: 'thirdParty',
    what: name,
    resources: [],
    likelihood: likelihoodBy(name, sla, model),
  });
}

/** Names them to the model, so that of one of whom services have several promises the worst counts: all wait for it. */
export function nameThirdParties(parties: readonly ThirdParty[], model: Modelling): void {
  const down = ({ name, sla }: ThirdParty) => likelihoodBy(name, sla, model).unavailability;
  for (const party of [...parties].sort((a, b) => down(b) - down(a))) thirdPartyFails(party, model);
}

function likelihoodBy(name: string, share: number | undefined, model: Modelling): Likelihood {
  if (share === undefined) return model.assumption('thirdParty');
  // Who promises all of the time keeps it no better than AWS does: nothing never fails.
  if (share >= 1) return model.assumption('globalDataPlane');
  const promised = { source: 'the contract', asOf: '', confidence: 'documented' as const };
  return likelihoodOf(`${name}, by contract`, { ...promised, value: 1 - share });
}
