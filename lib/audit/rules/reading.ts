import { all, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { STACK_TYPE } from '../../assembly/stack-resource';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const everyResourceIsSeen: Rule = {
  id: 'ASM-01',
  title: 'Every resource that will be deployed stands in the template.',
  kind: 'compliance',
  why: 'What a macro, a transform or a loop over an unknown list writes at deploy has no verdict: nobody has looked at it.',
  fix: 'audit the processed template, which CloudFormation gives back after the transform',
  severity: HIGH,
  appliesTo: [STACK_TYPE],
  controls: families.EXCEPTIONS,
  check: ({ stack }) => {
    const resources = [...stack.resources.values()];
    const written = resources.filter(({ type }) => type.startsWith('AWS::Serverless::')).map(becomesOthers);
    const unread = [...new Set(stack.unreadable)].map((reason) => unknown(undefined, reason));
    if (resources.length === 0 && unread.length === 0) return notApplicable('the template has no resources');
    return all(...unread, ...written, pass({ found: `${resources.length} resources` }));
  },
};

/** The serverless transform turns its own types into others, whose properties the template does not show. */
function becomesOthers({ logicalId, type }: Resource): Judgement {
  return unknown(
    undefined,
    `${logicalId} is of type ${type}, which a transform turns into other resources at deploy`,
  );
}
