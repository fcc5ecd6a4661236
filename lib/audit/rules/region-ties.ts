import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { Unknown } from '../../assembly/value';
import { COMPUTE_TYPES } from '../../assembly/wiring/call-environment';
import { regionTiesOf } from '../../assembly/wiring/region-ties';
import { stackTies } from '../../assembly/wiring/stack-ties';
import { RegionRole } from '../../objectives/region-role';
import { CHANGE_SAFETY, OBJECTIVES } from '../control-families';
import { sharedPipelineStage } from '../pipeline-stages';
import type { Rule } from '../rule';
import { placesElsewhere, type ServicePlace } from '../service-places';
import { HIGH, MEDIUM } from '../severity';

const ISOLATION =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/regional-services.html';

/** What receives work from elsewhere, or runs code. */
const TRIGGERED_TYPES = [
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Pipes::Pipe',
  'AWS::SNS::Subscription',
  'AWS::Scheduler::Schedule',
];

export const regionStandsAlone: Rule = {
  id: 'X-52',
  title: 'Regions that replace each other do not use each other at run time.',
  kind: 'redundancy',
  why: 'When the other region is lost, what uses it is lost too: the standby fails with the primary.',
  fix: 'use the copy of the resource that stands in the same region',
  severity: HIGH,
  appliesTo: [...COMPUTE_TYPES, ...TRIGGERED_TYPES],
  controls: OBJECTIVES,
  sources: [ISOLATION],
  check: (resource, { service, placesOf }) => {
    const elsewhere = placesElsewhere(resource, placesOf(service.name));
    if (elsewhere.length === 0) return notApplicable('its service is declared in no other region');
    if (resource.region === undefined)
      return unknown(undefined, 'the region of its stack is known only at deploy');
    const others = new Set(
      elsewhere.flatMap(({ stack }) => (stack.region === undefined ? [] : [stack.region])),
    );
    const ties = regionTiesOf(resource);
    const bad = ties.filter(({ region }) => typeof region === 'string' && others.has(region));
    if (bad.length > 0)
      return bad.map(({ property, what, region }) =>
        fail({ property, found: `${what} in ${region}`, needed: `the one in ${resource.region}` }),
      );
    const open = ties.find(({ region }) => region instanceof Unknown);
    if (open?.region instanceof Unknown) return unknown(open.property, open.region);
    return ties.length === 0
      ? notApplicable('it names nothing that stands in a region')
      : pass({ found: `only what stands in ${resource.region}` });
  },
};

export const standbyDeploysAlone: Rule = {
  id: 'X-53',
  title: 'The standby can be deployed without the primary.',
  kind: 'redundancy',
  why: 'While the primary region is down, a stack that takes values from it can be neither deployed nor rolled back, and a change that breaks one breaks both.',
  fix: 'give resources names that both sides can build, and deploy the regions one after the other',
  severity: MEDIUM,
  appliesTo: [STACK_TYPE],
  controls: [...CHANGE_SAFETY, ...OBJECTIVES],
  sources: [ISOLATION],
  check: (template, { service, services, placesOf }) => {
    const standing = [service, ...services].filter(({ role }) => role === RegionRole.STANDBY);
    if (standing.length === 0) return notApplicable('the stack is no standby');
    return [...new Set(standing.map(({ name }) => name))].flatMap((name) =>
      judgeStandby(template, placesElsewhere(template, placesOf(name))),
    );
  },
};

type Template = Parameters<Rule['check']>[0];

function judgeStandby({ stack }: Template, elsewhere: readonly ServicePlace[]): readonly Judgement[] {
  const primaries = elsewhere.filter(({ role }) => role !== RegionRole.STANDBY);
  if (primaries.length === 0)
    return [unknown(undefined, 'the app has no primary of it that is bound to a region')];
  const ties = stackTies(stack);
  return primaries.map(({ stack: primary }) => {
    const tie = ties.find(({ to }) => to === primary);
    if (tie)
      return fail({
        found: `${tie.how} of ${primary.id}`,
        needed: 'nothing that the primary must hand over',
      });
    const stage = sharedPipelineStage(primary, stack);
    if (stage !== undefined)
      return fail({
        found: `stage ${stage} deploys it together with ${primary.id}`,
        needed: 'stages of their own',
      });
    const [hidden] = stack.unreadable;
    return hidden === undefined
      ? pass({ found: `nothing of ${primary.id} is needed to deploy it` })
      : unknown(undefined, hidden);
  });
}
