import { KEPT_TYPES, keptWhenDeleted } from '../../assembly/data/kept-when-deleted';
import { all, fail, type Judgement, notApplicable, pass } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import type { Stack } from '../../assembly/stack';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { terminationProtected } from '../../assembly/termination-protection';
import { CHANGE_SAFETY, DELETION_PROTECTION } from '../control-families';
import { givenAtDeploy } from '../elsewhere';
import { unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { HIGH, INFO, MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

export const stackIsProtected: Rule = {
  id: 'CFN-01',
  title: 'Stacks are protected from deletion.',
  kind: 'protection',
  why: 'One wrong command deletes all that the stack runs.',
  fix: 'set terminationProtection: true on the stack',
  severity: MEDIUM,
  appliesTo: [STACK_TYPE],
  controls: [...DELETION_PROTECTION, ...CHANGE_SAFETY],
  sources: [`${GUIDE}/using-cfn-protect-stacks.html`],
  check: ({ stack }) => terminationProtected(stack),
};

export const stackTellsOfChanges: Rule = {
  id: 'CFN-02',
  title: 'Stacks tell a topic what happens to them.',
  kind: 'monitoring',
  why: 'A deployment that rolls back at night is noticed in the morning.',
  fix: 'set notificationArns on the stack',
  severity: INFO,
  appliesTo: [STACK_TYPE],
  controls: CHANGE_SAFETY,
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/cloudformation-controls.html'],
  check: ({ stack }) => judgeTopics(stack),
};

/** What guards a change and is given to CloudFormation at deploy, where no template shows it. */
const GIVEN_AT_DEPLOY: Readonly<Record<string, string>> = {
  stackPolicy: 'a stack policy',
  rollbackAlarms: 'alarms that roll a change back',
  driftDetection: 'detection of drift',
};

export const changesAreGuarded: Rule = {
  id: 'X-86',
  title: 'Stacks of tiers 0 and 1 are guarded against changes that cannot be taken back.',
  kind: 'protection',
  why: 'Each guard stops another mistake: one that is missing is the one that was needed.',
  fix: 'protect the stack from deletion, retain what holds data, and deploy with a stack policy and rollback alarms',
  severity: HIGH,
  appliesTo: [STACK_TYPE],
  subsumes: ['CFN-01'],
  controls: [...DELETION_PROTECTION, ...CHANGE_SAFETY],
  parameters: {
    givenAtDeploy: {
      meaning: `What the pipeline gives each stack, which no template shows: ${Object.keys(GIVEN_AT_DEPLOY).join(', ')}.`,
      default: [],
    },
  },
  sources: [`${GUIDE}/protect-stack-resources.html`, `${GUIDE}/using-cfn-rollback-triggers.html`],
  check: (subject, context) => {
    if (strictestTier(subject, context) > 1) return notApplicable('tiers 2 and 3 owe less');
    return [
      { ...terminationProtected(subject.stack), fix: stackIsProtected.fix },
      ...keptIn(subject.stack, context),
      judgeGiven(subject, context),
    ];
  },
};

function judgeTopics({ source, parent }: Stack): Judgement {
  if (parent) return notApplicable('the stack around it decides');
  const { notificationArns: topics } = source;
  if (topics === undefined) return givenAtDeploy('topics that are told what happens to the stack');
  return topics.length > 0
    ? pass({ found: `${topics.length} topics` })
    : fail({ found: 'no topic', needed: 'a topic that is told' });
}

/** The tier of the most critical service that the stack declares, else of the stack. */
function strictestTier({ stack }: Resource, { service, services, serviceOf }: RuleContext): number {
  const [first] = stack.resources.values();
  const ofStack = first ? serviceOf(first).tier : service.tier;
  return services.length > 0 ? Math.min(...services.map(({ tier }) => tier)) : ofStack;
}

const keptByStack = oncePerGraph((graph) => {
  const byStack = new Map<Stack, Resource[]>();
  for (const resource of graph.ofType(...KEPT_TYPES)) {
    const known = byStack.get(resource.stack);
    if (known) known.push(resource);
    else byStack.set(resource.stack, [resource]);
  }
  return byStack;
});

function keptIn(stack: Stack, context: RuleContext): readonly Judgement[] {
  const judged = (keptByStack(context.graph).get(stack) ?? []).map((resource) => ({
    resource,
    judgement: all(...[unlessRebuildable(resource, context.serviceOf(resource), keptWhenDeleted)].flat()),
  }));
  const lost = judged.filter(({ judgement }) => judgement.outcome === 'fail');
  if (lost.length > 0)
    return [
      fail({
        property: 'DeletionPolicy',
        found: `${lost.length} of ${judged.length} resources with data are deleted or replaced with it (${lost
          .slice(0, 5)
          .map(({ resource }) => resource.logicalId)
          .join(', ')})`,
        needed: 'DeletionPolicy and UpdateReplacePolicy Retain or Snapshot on each',
        fix: 'set DeletionPolicy and UpdateReplacePolicy of each to Retain, or to Snapshot',
      }),
    ];
  return judged.map(({ judgement }) => judgement).filter(({ outcome }) => outcome === 'unknown');
}

function judgeGiven({ stack }: Resource, { parameters: { givenAtDeploy: said } }: RuleContext): Judgement {
  if (stack.parent) return notApplicable('the stack around it decides');
  const given: readonly string[] = Array.isArray(said) ? said : [];
  const open = Object.entries(GIVEN_AT_DEPLOY).filter(([part]) => !given.includes(part));
  if (open.length === 0)
    return pass({ found: `${Object.values(GIVEN_AT_DEPLOY).join(', ')}, by the pipeline` });
  const parts = open.map(([part, what]) => `${what} (${part})`).join(', ');
  return givenAtDeploy(`${parts}, which the parameter givenAtDeploy may name`);
}
