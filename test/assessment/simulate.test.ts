import { parseLoss, simulate } from '../../lib/assessment/simulate';
import { assessed } from '../support/assess';

const ZONES = ['eu-west-1a', 'eu-west-1b'];

const app = assessed({
  stacks: {
    shop: {
      region: 'eu-west-1',
      paths: { Group: 'shop/Web/Group', Table: 'shop/Orders/Table' },
      template: {
        Resources: {
          Group: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: { MinSize: '2', MaxSize: '4', AvailabilityZones: ZONES },
          },
          Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        },
      },
    },
  },
});

function lose(...names: readonly string[]) {
  const [loss] = simulate({ services: [app] }, names.map(parseLoss));
  if (!loss) throw new Error('there is no service');
  return { ...loss, failed: loss.failed.map(({ id }) => id) };
}

describe('a simulated loss', () => {
  it('of one of two zones leaves the service', () => {
    expect(lose('az:eu-west-1a')).toMatchObject({ stops: false, failed: [], disruption: 'availabilityZone' });
  });

  it('of both zones together stops it', () => {
    expect(lose('az:eu-west-1a', 'zone:eu-west-1b')).toMatchObject({ stops: true, failed: ['shop/Group'] });
  });

  it('of the region takes all', () => {
    expect(lose('region:eu-west-1')).toMatchObject({
      stops: true,
      failed: ['shop/Group', 'shop/Table'],
      disruption: 'region',
      left: 0,
    });
  });

  it.each(['shop/Orders', 'shop/Orders/Table', 'Table', 'shop/Table'])(
    'of a resource named %s takes it',
    (name) => {
      expect(lose(name)).toMatchObject({
        stops: true,
        failed: ['shop/Table'],
        disruption: 'instance',
        left: 1,
      });
    },
  );

  it('of a resource and a zone comes back as from a zone', () => {
    expect(lose('Table', 'az:eu-west-1a').disruption).toBe('availabilityZone');
  });

  it.each([
    [
      'az:mars',
      'no service of the app depends on such a zone\n  fix: name one of az:eu-west-1a, az:eu-west-1b',
    ],
    ['region:mars', 'no service of the app depends on such a region\n  fix: name one of region:eu-west-1'],
    ['Nothing', 'such a resource\n  fix: name one of shop/Orders/Table, shop/Web/Group'],
    ['az:', 'nothing is named\n  fix: write az:eu-west-1a'],
  ])('of %s is refused in words', (name, message) => {
    expect(() => lose(name)).toThrow(message);
  });
});
