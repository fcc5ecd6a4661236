import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { CATALOGUE_KEY } from '../../objectives/catalogue';
import { EXCEPTIONS_RULE } from '../../objectives/risk-acceptance-checks';
import type { RecordedWeakening } from '../../objectives/weakening';
import * as families from '../control-families';
import type { RegisterEntry } from '../register';
import { stateInWords } from '../register';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

export const exceptionsAreInForce: Rule = {
  id: EXCEPTIONS_RULE,
  title: 'Exceptions from what a tier asks for are in force, approved and needed.',
  kind: 'compliance',
  why: 'What was accepted for a while has become permanent, and nobody answers for it any more.',
  fix: 'meet what the tier asks for, or have the exception approved again with a later day',
  severity: MEDIUM,
  appliesTo: [STACK_TYPE],
  judgesExceptions: true,
  controls: families.EXCEPTIONS,
  check: (_stack, context) => {
    const weakenings = context.services.flatMap(({ catalogue }) => catalogue?.weakenings ?? []);
    const others = context.exceptions.filter(({ kind }) => kind !== 'weakening');
    if (weakenings.length + others.length === 0) return notApplicable('nothing is excepted');
    return [...weakenings.map((weakening) => judgeWeakening(weakening, context)), ...others.map(judge)];
  },
};

function judgeWeakening({ what, expires, approver }: RecordedWeakening, { today }: RuleContext): Judgement {
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

function judge(entry: RegisterEntry): Judgement {
  const { kind, id, state, problems, fix, source } = entry;
  const property = `${kind} ${id}`;
  const [first = stateInWords(entry)] = problems;
  if (problems.length === 0) return pass({ property, found: stateInWords(entry) });
  if (state === 'unknown') return unknown(property, first);
  return fail({
    property,
    found: problems.join('; '),
    needed:
      state === 'stale'
        ? 'an exception that is needed'
        : 'an exception that is approved, in force and no broader than needed',
    ...(fix !== undefined && { fix }),
    ...(source && { source }),
  });
}
