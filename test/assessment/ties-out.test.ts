import { assessed } from '../support/assess';
import { attribute, ref } from '../support/designs';

const appWith = (resources: object) =>
  assessed({
    stacks: {
      shop: {
        region: 'eu-west-1',
        account: '111122223333',
        template: {
          Resources: {
            Work: { Type: 'AWS::Lambda::Function', Properties: {} },
            Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
            Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
            Other: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
            ...resources,
          },
        },
      },
    },
  });

const one = (Type: string, Properties: object) => appWith({ One: { Type, Properties } });
const openOf = (found: ReturnType<typeof one>) =>
  found.openDependencies.map(({ resource, by, leadsTo }) => `${by} of ${resource.logicalId}: ${leadsTo}`);
const rule = (Arn: unknown) => one('AWS::Events::Rule', { EventPattern: {}, Targets: [{ Id: 'it', Arn }] });
const peering = (PeerVpcId: unknown) =>
  one('AWS::EC2::VPCPeeringConnection', { VpcId: ref('Vpc'), PeerVpcId });

describe('what is handed over to another app is left open, and said', () => {
  const theirs = 'arn:aws:events:eu-west-1:999999999999:event-bus/orders';

  it('events for the bus of another account', () => {
    expect(openOf(rule(theirs))).toEqual([`Targets of One: ${theirs}`]);
    expect(openOf(rule('arn:aws:events:eu-west-1:111122223333:event-bus/orders'))).toEqual([]);
    expect(openOf(rule(attribute('Bus', 'Arn')))).toEqual([]);
  });

  it('events for an API of somebody else', () => {
    const found = one('AWS::Events::ApiDestination', {
      InvocationEndpoint: 'https://events.pager.example.net/v2',
    });
    expect(openOf(found)).toEqual(['InvocationEndpoint of One: events.pager.example.net']);
  });

  it('messages for a URL, but not for people', () => {
    const subscription = (Endpoint: string, Protocol: string) =>
      openOf(one('AWS::SNS::Subscription', { TopicArn: ref('Topic'), Protocol, Endpoint }));
    expect(subscription('https://hooks.example.net/x', 'https')).toEqual([
      'Endpoint of One: hooks.example.net',
    ]);
    expect(subscription('me@example.net', 'email')).toEqual([]);
  });

  it('calls of AWS by a schedule are none', () => {
    const schedule = (Arn: string) => openOf(one('AWS::Scheduler::Schedule', { Target: { Arn } }));
    expect(schedule('arn:aws:scheduler:::aws-sdk:ecs:updateService')).toEqual([]);
    expect(schedule('arn:aws:lambda:eu-west-1:999999999999:function:theirs')).toHaveLength(1);
  });

  it('a network that is connected', () => {
    expect(openOf(peering('vpc-0123456789abcdef0'))).toEqual(['PeerVpcId of One: vpc-0123456789abcdef0']);
    expect(openOf(peering({ 'Fn::ImportValue': 'theirs' }))).toEqual([
      'PeerVpcId of One: a network that is not in the app',
    ]);
    expect(openOf(peering(ref('Other')))).toEqual([]);
  });
});
