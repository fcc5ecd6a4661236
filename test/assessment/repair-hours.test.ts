import { shareOfOutage } from '../../lib/calculus/switching';
import { assessed } from '../support/assess';
import { record, ref } from '../support/designs';
import type { TestApp } from '../support/graph';

const API = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } };
const host = { 'Fn::Join': ['', [ref('Api'), '.execute-api.amazonaws.com']] };

const CHECK = {
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: { Type: 'HTTPS', RequestInterval: 30, FailureThreshold: 3 } },
};

const side = (failover: string, more: object) =>
  record({
    Type: 'CNAME',
    TTL: '60',
    SetIdentifier: failover,
    Failover: failover,
    ResourceRecords: [host],
    ...more,
  });

const APP: TestApp = {
  stacks: {
    west: {
      region: 'eu-west-1',
      template: {
        Resources: { Api: API, Check: CHECK, Name: side('PRIMARY', { HealthCheckId: ref('Check') }) },
      },
    },
    north: { region: 'eu-north-1', template: { Resources: { Api: API, Name: side('SECONDARY', {}) } } },
  },
};

const switching = (repairHours?: number) => {
  const { availability } = assessed(APP, repairHours === undefined ? {} : { assumed: { repairHours } });
  const found = availability.shares.find(({ event }) => event.id.startsWith('switching:'));
  return { unavailability: availability.unavailability, likelihood: found?.event.likelihood };
};

describe('how long outages last', () => {
  it('decides which share of them a failover takes', () => {
    const [hour, half] = [switching(), switching(0.5)];
    const seconds = -Math.log(1 - (hour.likelihood?.unavailability ?? 0)) * 3600;
    expect(half.likelihood?.unavailability).toBeCloseTo(shareOfOutage(seconds, 1800), 12);
    expect(half.unavailability).toBeGreaterThan(hour.unavailability);
    expect(switching(10).unavailability).toBeLessThan(hour.unavailability);
  });

  it('is said to be set by the user', () => {
    expect(switching(0.5).likelihood?.terms[0]).toMatchObject({ source: 'set by the user' });
    expect(switching().likelihood?.terms[0]).toMatchObject({ source: 'assumed' });
  });
});
