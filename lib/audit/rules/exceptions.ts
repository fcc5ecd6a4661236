import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { CATALOGUE_KEY } from '../../objectives/catalogue';
import type { RecordedWeakening } from '../../objectives/weakening';
import * as families from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

export const weakeningsAreInForce: Rule = {
  id: 'X-84',
  title: 'Weakenings of what a tier asks for are still in force.',
  kind: 'compliance',
  why: 'What was accepted for a while has become permanent, and nobody answers for it any more.',
  fix: 'meet what the tier asks for, or have the weakening approved again with a later day',
  severity: MEDIUM,
  appliesTo: [STACK_TYPE],
  controls: families.EXCEPTIONS,
  check: (_stack, context) => {
    const weakenings = context.services.flatMap(({ catalogue }) => catalogue?.weakenings ?? []);
    if (weakenings.length === 0) return notApplicable('nothing is weakened');
    return all(...weakenings.map((weakening) => judge(weakening, context)));
  },
};

function judge({ what, expires, approver }: RecordedWeakening, { today }: RuleContext): Judgement {
  const property = `Metadata.${CATALOGUE_KEY}`;
  if (today === undefined)
    return unknown(property, `whether the weakening of ${what} has expired: no day is given`);
  const day = today.toISOString().slice(0, 10);
  return day <= expires
    ? pass({ property, found: `${what} is weakened until ${expires}` })
    : fail({
        property,
        found: `${what} weakened until ${expires}, approved by ${approver}`,
        needed: `a weakening in force on ${day}`,
      });
}
