import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { targetsOf } from '../../../assembly/dns/dns-targets';
import { type FailoverTerm, failoverTime } from '../../../calculus/failover-time';
import type { Failure } from '../../failure';
import type { Modelling } from '../../modelling';
import { notThrough } from '../../switching/not-through';
import { promotionBehind, regionsAmong } from '../../switching/promotion';
import { isSwitchedByHand, recordDetection } from '../../switching/record-detection';
import { ttlOf } from '../../switching/record-ttl';
import { checkIsBlind } from './health';
import { planStepsOf } from './plan-steps';

/**
 * What keeps users of a broken record from being served by the others, each thing by itself: the failover does not work,
 * it cannot see that it must, it needs a control plane that is down, or it is not through yet.
 */
export function moveFails(
  record: DnsRecord,
  others: readonly DnsRecord[],
  model: Modelling,
): readonly Failure[] {
  const plan = isSwitchedByHand(record) ? planStepsOf(record, others, model) : undefined;
  return [
    switchOf(record, model),
    switching(record, others, plan?.terms ?? detectionTerms(record, model), model),
    checkIsBlind(record, model),
    ...(plan ? [plan.needs] : []),
  ];
}

function switchOf(record: DnsRecord, model: Modelling): Failure {
  return model.event({
    id: `switch:${record.label}`,
    kind: 'switch',
    what: `failover of ${record.label}`,
    resources: [record.resource],
    likelihood: model.assumption('switchOnDemand'),
  });
}

/** Each record is left out in its own time: where a name has several, each has a time of its own. */
function switching(
  record: DnsRecord,
  others: readonly DnsRecord[],
  found: readonly FailoverTerm[],
  model: Modelling,
): Failure {
  const side = record.text('SetIdentifier');
  const alone = record.failover !== undefined || typeof side !== 'string';
  const name = alone ? record.label : `${record.label} ${side}`;
  const [from, to] = [[record], others].map((each) => regionsAmong(each.flatMap(targetsOf)));
  return notThrough(
    {
      id: name,
      usersOf: name,
      broken: 'the broken side',
      resources: [record.resource],
      led: [...found, ttlTerm(record, model)],
      promotion: from && to && promotionBehind({ way: record.resource, from, to }, model),
    },
    model,
  );
}

/** What it takes until a record is known to be broken. */
function detectionTerms(record: DnsRecord, model: Modelling): readonly FailoverTerm[] {
  const { record: left, detection, assumed } = recordDetection(record);
  if (!detection) return planStepsOf(left, [], model).terms;
  if (assumed)
    model.assume(
      `how soon Route 53 leaves ${left.label} out is taken as for a health check by default${assumed.reason === undefined ? '' : `: ${assumed.reason}`}`,
      left.resource,
    );
  return failoverTime({ detection }).typical.terms;
}

function ttlTerm(record: DnsRecord, model: Modelling): FailoverTerm {
  const { seconds, source, taken } = ttlOf(record);
  if (taken !== undefined) model.assume(taken, record.resource);
  return { what: record.isAlias === true ? 'alias TTL' : 'TTL', seconds, source };
}
