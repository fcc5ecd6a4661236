import type { Resource } from '../../assembly/resource';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { Component } from '../component';
import { anyOf } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement, inOneZone, isTrue } from './agreement';
import { keysNeededBy } from './encryption';
import { failsOver } from './failing-over';

const BROKER_ALONE = agreement('computeInstance', 'a broker alone');
const WAREHOUSE_IN_ONE_ZONE = agreement('computeInstance', 'a warehouse in one zone');

/** A broker alone, or several of which another one takes over; no agreement on them was read. */
const BROKER: Component = {
  types: ['AWS::AmazonMQ::Broker'],
  part: 'data',
  fails: (broker, model) =>
    anyOf(
      hasStandby(broker, model)
        ? failsOver(broker, model, {
            whole: model.assumption('withoutAgreement'),
            alone: BROKER_ALONE,
            what: 'another broker takes over',
            taking: RECOVERY_FACTS.brokerFailoverSeconds,
          })
        : inOneZone(broker, model, BROKER_ALONE),
      keysNeededBy(broker, model),
    ),
};

/** A cluster of Redshift works in one zone, or in two at once. */
const WAREHOUSE: Component = {
  types: ['AWS::Redshift::Cluster'],
  part: 'data',
  fails: (cluster, model) =>
    anyOf(
      isTrue(cluster, 'MultiAZ', model)
        ? failsOver(cluster, model, {
            whole: model.assumption('withoutAgreement'),
            alone: WAREHOUSE_IN_ONE_ZONE,
            what: 'the other zone goes on',
            taking: RECOVERY_FACTS.warehouseFailoverSeconds,
          })
        : inOneZone(cluster, model, WAREHOUSE_IN_ONE_ZONE),
      keysNeededBy(cluster, model),
    ),
};

export const BROKERS_AND_WAREHOUSES: readonly Component[] = [BROKER, WAREHOUSE];

/** Whether a broker has others in other zones; what cannot be known counts as not, and is said. */
export function hasStandby(broker: Resource, model: Modelling): boolean {
  const mode = broker.text('DeploymentMode');
  if (mode === undefined || typeof mode === 'string') return /_MULTI_AZ$/i.test(mode ?? '');
  model.assume(`${nameOf(broker)} is taken to be one broker alone: ${mode.reason}`, broker);
  return false;
}
