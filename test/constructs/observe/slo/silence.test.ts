import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { ActivePassive } from '../../../../lib/constructs/region/active-passive';
import { RegionStack } from '../../../../lib/constructs/region/region-stack';
import { RecoveryApproach } from '../../../../lib/objectives/policy/regions';
import { Service } from '../../../../lib/objectives/service';
import { orders } from './orders';

/** Whether silence is told in the primary and in the standby. */
function toldIn(indicator: Indicator, alertOnSilence?: boolean) {
  const told: boolean[] = [];
  class Shop extends RegionStack {
    constructor(...[scope, id, props]: ConstructorParameters<typeof RegionStack>) {
      super(scope, id, props);
      const chosen = alertOnSilence === undefined ? {} : { alertOnSilence };
      const { silence } = new ServiceLevelObjective(this, 'Orders', { indicator, ...chosen });
      told.push(silence !== undefined);
    }
  }
  new ActivePassive(new App(), 'Shop', {
    service: new Service({ name: 'shop', tier: 1, owner: 'team-shop' }),
    account: '123456789012',
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    approach: RecoveryApproach.WARM_STANDBY,
    stackClass: Shop,
  });
  return told;
}

describe('the silence of a standby, which serves nobody,', () => {
  test('is no news', () => expect(toldIn(orders)).toEqual([true, false]));

  test('is told where somebody wants it', () => expect(toldIn(orders, true)).toEqual([true, true]));

  test('is told of a canary, which walks there as well', () =>
    expect(toldIn({ ...orders, eventsPerHour: 12 })).toEqual([true, true]));
});

test('a metric that was never there is silence as well', () => {
  const stack = new Stack();
  new ServiceLevelObjective(stack, 'Orders', { tier: 1, indicator: orders });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    Threshold: 0,
    TreatMissingData: 'breaching',
  });
});
