import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import type { ResolvedService } from '../services';
import { HIGH } from '../severity';
import { OWES_ONE_UNIT, owesOneUnit } from '../single-unit';
import { STARTS_LATE, startsLate } from '../standby';

const SUBNETS = 'NetworkConfiguration.AwsvpcConfiguration.Subnets';

/** One in each of two zones. */
const IN_TWO_ZONES = 2;

export const serviceSpansZones: Rule = {
  id: 'ECS-02',
  title: 'Services run at least two tasks, in at least two zones.',
  kind: 'redundancy',
  why: 'One task stands in one zone: when the zone is lost, or the task just fails, nobody is served until another one has started.',
  fix: 'ask for at least two tasks, in subnets of at least two zones',
  severity: HIGH,
  appliesTo: ['AWS::ECS::Service'],
  subsumes: ['X-16'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html'],
  check: (service, context) => {
    const controller = service.text('DeploymentController.Type');
    if (controller === 'EXTERNAL') return notApplicable('task sets say how many tasks run, and where');
    if (controller instanceof Unknown) return unknown('DeploymentController.Type', controller);
    return [judgeCount(service, context.service), judgeZones(service)];
  },
};

function judgeZones(service: Resource): Judgement {
  if (service.isSet(SUBNETS).outcome !== 'fail') return service.zones.atLeast(2, SUBNETS);
  return service.text('SchedulingStrategy') === 'DAEMON'
    ? notApplicable('a daemon stands on every instance of its cluster')
    : unknown(SUBNETS, 'the tasks stand in the network of whichever instances the cluster has');
}

/** Automatic scaling goes down to its minimum whatever count is asked for: it decides where there is one. */
function judgeCount(service: Resource, owner: ResolvedService): Judgement {
  const counted = minimumUnitsOf(service);
  if (typeof counted === 'string') return notApplicable(counted);
  const { property, setBy, units } = counted;
  if (startsLate(owner, units)) return notApplicable(STARTS_LATE);
  const needed = owesOneUnit(owner) ? 1 : IN_TWO_ZONES;
  if (needed === 1 && units.least >= 1) return notApplicable(OWES_ONE_UNIT);
  const where = { ...(property !== undefined && { property }) };
  const cause = setBy === undefined ? '' : ` (${setBy})`;
  if (units.least >= needed) return pass({ ...where, found: `${units.least} tasks${cause}` });
  if (units.most >= needed)
    return unknown(property, units.why ?? `only deploy knows how many tasks run${cause}`);
  return fail({
    ...where,
    found: `${units.most} task${units.most === 1 ? '' : 's'}${cause}`,
    needed: `at least ${needed} task${needed === 1 ? '' : 's'}`,
  });
}
