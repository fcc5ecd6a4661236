import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  NetworkLoadBalancer,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Stack, Token } from 'aws-cdk-lib/core';
import { ActiveActiveDns } from '../../../lib/constructs/traffic/active-active-dns';
import type { DnsLoadBalancer } from '../../../lib/constructs/traffic/dns-load-balancer';
import { FailoverDns, type FailoverDnsProps } from '../../../lib/constructs/traffic/failover-dns';
import {
  HealthCheckedNetworkLoadBalancer,
  type HealthCheckedNetworkLoadBalancerProps,
} from '../../../lib/constructs/traffic/health-checked-network-load-balancer';
import { RegionRole } from '../../../lib/objectives/region-role';
import { certificateIn, networkIn, only, refusal, shopStack, WEAKENING } from '../fixtures';
import { alarmIn, ZONE } from './dns-fixtures';

const RECORD = 'AWS::Route53::RecordSet';
const CHECK = 'AWS::Route53::HealthCheck';
const NAMED = {
  loadBalancerDnsName: 'old-1.eu-west-1.elb.amazonaws.com',
  loadBalancerCanonicalHostedZoneId: 'Z32O12XQLNTSW2',
};
const arn = (kind: 'app' | 'net') =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/${kind}/old/50dc6c49`;

type Led = Partial<FailoverDnsProps>;

function lead(stack: Stack, loadBalancer: DnsLoadBalancer, props: Led = {}): FailoverDns {
  return new FailoverDns(stack, 'Dns', {
    ...ZONE,
    recordName: 'shop',
    role: RegionRole.PRIMARY,
    peerRegion: 'eu-central-1',
    loadBalancer,
    ...props,
  });
}

const importedAlb = (stack: Stack, named: object = NAMED) =>
  ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Old', {
    loadBalancerArn: arn('app'),
    securityGroupId: 'sg-0abc',
    ...named,
  });

const importedNlb = (stack: Stack, loadBalancerArn = arn('net')) =>
  NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Old', { loadBalancerArn, ...NAMED });

const ownNlb = (stack: Stack, props: Partial<HealthCheckedNetworkLoadBalancerProps> = {}) =>
  new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
    network: networkIn(stack),
    port: 8883,
    healthCheckPort: 8080,
    certificate: certificateIn(stack),
    ...props,
  });

const newVpc = (stack: Stack) => new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });

const config = (stack: Stack) => only(stack, CHECK).HealthCheckConfig;

describe('a record leads', () => {
  it('to an application load balancer that is there', () => {
    const stack = shopStack(2);
    lead(stack, importedAlb(stack), { healthCheckPath: '/ready' });
    expect(only(stack, RECORD).AliasTarget).toMatchObject({
      DNSName: `dualstack.${NAMED.loadBalancerDnsName}`,
      HostedZoneId: NAMED.loadBalancerCanonicalHostedZoneId,
      EvaluateTargetHealth: true,
    });
    expect(config(stack)).toMatchObject({
      Type: 'HTTPS',
      FullyQualifiedDomainName: NAMED.loadBalancerDnsName,
      ResourcePath: '/ready',
    });
  });

  it('to a network load balancer that is there, asked for a connection', () => {
    const stack = shopStack(2);
    lead(stack, importedNlb(stack), { healthCheckPort: 8883 });
    expect(only(stack, RECORD).AliasTarget).toMatchObject({ EvaluateTargetHealth: true });
    expect(config(stack)).toMatchObject({ Type: 'TCP', Port: 8883 });
    expect(config(stack)).not.toHaveProperty('ResourcePath');
  });

  it('to a network load balancer that is there, asked for a path', () => {
    const stack = shopStack(2);
    lead(stack, importedNlb(stack), { healthCheckPath: '/ready' });
    expect(config(stack)).toMatchObject({ Type: 'HTTPS', ResourcePath: '/ready' });
  });

  it('to a load balancer of the CDK in the same app', () => {
    const stack = shopStack(2);
    const old = new ApplicationLoadBalancer(stack, 'Old', { vpc: newVpc(stack), internetFacing: true });
    lead(stack, old, { healthCheckPath: '/ready' });
    expect(only(stack, RECORD).AliasTarget).toMatchObject({ EvaluateTargetHealth: true });
  });

  it('to a HealthCheckedNetworkLoadBalancer, asked for a connection on its port', () => {
    const stack = shopStack(2);
    lead(stack, ownNlb(stack));
    expect(config(stack)).toMatchObject({ Type: 'TCP', Port: 8883 });
  });

  it('to a HealthCheckedNetworkLoadBalancer that speaks HTTPS, asked for the path of its targets', () => {
    const stack = shopStack(2);
    lead(stack, ownNlb(stack, { port: 443, healthCheckPath: '/ready' }));
    expect(config(stack)).toMatchObject({ Type: 'HTTPS', Port: 443, ResourcePath: '/ready' });
  });

  it('of several active regions to a network load balancer, with another one to spare', () => {
    const stack = shopStack(2);
    const spareLoadBalancer = importedNlb(stack);
    const alarm = alarmIn(stack);
    new ActiveActiveDns(stack, 'Dns', {
      ...ZONE,
      recordName: 'shop',
      peerRegions: ['eu-central-1'],
      loadBalancer: ownNlb(stack),
      spareLoadBalancer,
      healthCheckPort: 8883,
      alarm,
    });
    const asked = Object.values(Template.fromStack(stack).findResources(CHECK)).map(
      ({ Properties: { HealthCheckConfig } }) => HealthCheckConfig,
    );
    expect(asked.filter(({ Type, Port }) => Type === 'TCP' && Port === 8883)).toHaveLength(2);
  });
});

describe('a record is refused that leads', () => {
  const refused = (build: (stack: Stack) => DnsLoadBalancer, props: Led = {}) => {
    const stack = shopStack(2);
    const { problem, fix } = refusal(() => lead(stack, build(stack), props));
    return [problem, fix];
  };

  it('to an application load balancer of which nobody says what it answers', () => {
    expect(refused(importedAlb)).toEqual([
      'nobody knows what Shop/Old answers when it can serve: it is no load balancer of this library',
      "set healthCheckPath to where the application says so, such as '/health'",
    ]);
  });

  it('to a network load balancer of which nobody says what it listens on', () => {
    expect(refused((stack) => importedNlb(stack))).toEqual([
      'nobody knows what Shop/Old answers when it can serve: it is no load balancer of this library',
      'set healthCheckPath where it speaks HTTP, else healthCheckPort to the port that it listens on',
    ]);
  });

  it('to a load balancer whose kind only deployment knows, without a path', () => {
    const open = (stack: Stack) => importedNlb(stack, Token.asString({ Ref: 'Old' }));
    expect(refused(open, { healthCheckPort: 8883 })[1]).toMatch(/^set healthCheckPath/);
  });

  it('to one that is imported without its name', () => {
    expect(refused((stack) => importedAlb(stack, {}), { healthCheckPath: '/ready' })).toEqual([
      'Shop/Old is imported without its name, which the record leads to',
      'import it with loadBalancerDnsName and loadBalancerCanonicalHostedZoneId',
    ]);
  });

  it('to what is no load balancer', () => {
    const strange = () => arn('app') as unknown as DnsLoadBalancer;
    expect(refused(strange)[0]).toMatch(/which is no load balancer/);
  });

  it('to an internal one of the CDK', () => {
    const internal = (stack: Stack) => new ApplicationLoadBalancer(stack, 'Old', { vpc: newVpc(stack) });
    expect(refused(internal, { healthCheckPath: '/ready' })[0]).toMatch(/does not face the Internet/);
  });

  it('to an internal HealthCheckedNetworkLoadBalancer', () => {
    expect(refused((stack) => ownNlb(stack, { internetFacing: false }))[0]).toMatch(/does not face/);
  });

  it('to datagrams', () => {
    const udp = {
      protocol: Protocol.UDP,
      certificate: undefined,
      crossZone: false,
      minimumTargets: 6,
      weakening: WEAKENING,
    };
    expect(refused((stack) => ownNlb(stack, udp))).toEqual([
      'Shop/Entry takes datagrams only, which the health checkers of Route 53 do not send',
      'let an alarm tell its health: switchedBy a check of AlarmHealthCheck',
    ]);
  });

  it('to another port than it listens on', () => {
    expect(refused((stack) => ownNlb(stack), { healthCheckPort: 9000 })[0]).toBe(
      'the health checkers call port 9000, but Shop/Entry listens on 8883',
    );
  });

  it('to HTTP with a question for a connection alone', () => {
    expect(refused((stack) => importedNlb(stack), { healthCheckPort: 443 })).toEqual([
      'the health checkers ask port 443 of Shop/Old for a connection only, behind which the application may be dead',
      "set healthCheckPath to where the application says whether it can serve, such as '/health'",
    ]);
    const silent = { port: 443, healthCheckProtocol: Protocol.TCP, weakening: WEAKENING };
    expect(refused((stack) => ownNlb(stack, { ...silent, healthCheckPort: undefined }))[0]).toMatch(
      /ask port 443 of Shop\/Entry for a connection only/,
    );
  });

  it('to a connection, with what only HTTP answers', () => {
    const idle = { https: true, healthCheckSearchString: 'can serve' };
    expect(refused((stack) => ownNlb(stack), idle)).toEqual([
      'https and healthCheckSearchString would change nothing: without healthCheckPath the health checkers ask for a connection only',
      'set healthCheckPath, or leave https and healthCheckSearchString out',
    ]);
  });
});
