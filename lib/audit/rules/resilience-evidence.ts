import type { Graph } from '../../assembly/graph';
import { fail, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { isList, isMap } from '../../assembly/value';
import { Tier } from '../../objectives/tier';
import { RECOVERY_TESTING } from '../control-families';
import { MAY_STAND_ELSEWHERE } from '../elsewhere';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const resilienceIsShown: Rule = {
  id: 'X-85',
  title:
    'Services of tier 0 and 1 have experiments, a resiliency policy, restore tests and a record of a game day.',
  kind: 'compliance',
  why: 'Redundancy that was never tried fails when it is first needed.',
  fix: 'add an FIS experiment template with an alarm as stop condition, a Resilience Hub app with a policy and a restore testing plan, and keep the record of a game day',
  severity: MEDIUM,
  appliesTo: [STACK_TYPE],
  controls: RECOVERY_TESTING,
  sources: ['https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/test-reliability.html'],
  parameters: {
    ...MAY_STAND_ELSEWHERE,
    gameDayRecord: {
      meaning: 'Where the record of the last game day is kept; empty where there is none.',
      default: '',
    },
  },
  check: (_, { graph, services, parameters }) => {
    if (!services.some(({ tier }) => tier <= Tier.BUSINESS_CRITICAL))
      return notApplicable('the stack declares no service of tier 0 or 1');
    const missing = EVIDENCE.filter(({ found }) => !found(graph)).map(({ what }) => what);
    const record = parameters.gameDayRecord === '' ? ['a record of a game day'] : [];
    if (missing.length + record.length === 0) return pass({ found: `all, and ${parameters.gameDayRecord}` });
    const absent = `${[...missing, ...record].join(', ')} in the app`;
    const [hidden] = graph.unreadable;
    if (hidden !== undefined) return unknown(undefined, hidden);
    return parameters.mayStandElsewhere === false
      ? fail({ found: `no ${absent}`, needed: 'all of them' })
      : unknown(undefined, `nothing shows ${absent}; another app or a record outside may have it`);
  },
};

interface Evidence {
  readonly what: string;
  readonly found: (graph: Graph) => boolean;
}

const EVIDENCE: readonly Evidence[] = [
  {
    what: 'an FIS experiment template that an alarm stops',
    found: (graph) => graph.ofType('AWS::FIS::ExperimentTemplate').some(stopsByAlarm),
  },
  {
    what: 'a Resilience Hub app with a policy',
    found: (graph) =>
      graph.ofType('AWS::ResilienceHub::App').some((app) => app.get('ResiliencyPolicyArn') !== undefined),
  },
  {
    what: 'a restore testing plan',
    found: (graph) => graph.ofType('AWS::Backup::RestoreTestingPlan').length > 0,
  },
];

function stopsByAlarm(template: Resource): boolean {
  const conditions = template.get('StopConditions');
  return isList(conditions) && conditions.some((one) => isMap(one) && one.Source === 'aws:cloudwatch:alarm');
}
