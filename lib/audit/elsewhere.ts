import { fail, type Judgement, unknown } from '../assembly/judgement';
import type { RuleContext, RuleParameter } from './rule';
import type { Verdict } from './verdict';

/** The parameter of rules on what an account has once, and an organisation for all its accounts. */
export const MAY_STAND_ELSEWHERE: Readonly<Record<string, RuleParameter>> = {
  mayStandElsewhere: {
    meaning:
      'Whether the organisation or another app may have it: then an app without it is unknown, else it fails.',
    default: true,
  },
};

/** What stands before and after the name of what an app has none of, so that a report can say it of many at once. */
export const MAY_BE_ELSEWHERE = {
  before: 'the app has no ',
  after: '; the organisation or another app may have one',
} as const;

/** The answer for an app that has none of something. */
export function absentFromApp(what: string, { graph, parameters }: RuleContext): Judgement {
  const [hidden] = graph.unreadable;
  if (hidden !== undefined) return unknown(undefined, hidden);
  return parameters.mayStandElsewhere === false
    ? fail({ found: `no ${what} in the app`, needed: `a ${what}` })
    : unknown(undefined, `${MAY_BE_ELSEWHERE.before}${what}${MAY_BE_ELSEWHERE.after}`);
}

/** How an answer ends that only whoever deploys the stack can give. */
const AT_DEPLOY = ': given at deploy, where no template shows it';

/** The answer for what is no part of a stack's template. */
export function givenAtDeploy(what: string): Judgement {
  return unknown(undefined, `${what}${AT_DEPLOY}`);
}

/** Whether an app that is judged alone can never tell, because the organisation or another app may have it. */
export function mayBeElsewhere({ verdict, message }: Pick<Verdict, 'verdict' | 'message'>): boolean {
  const { before, after } = MAY_BE_ELSEWHERE;
  return verdict === 'unknown' && message.startsWith(before) && message.endsWith(after);
}

/** Whether no template can ever tell, because it is said at deploy. */
export function isGivenAtDeploy({ verdict, message }: Pick<Verdict, 'verdict' | 'message'>): boolean {
  return verdict === 'unknown' && message.endsWith(AT_DEPLOY);
}
