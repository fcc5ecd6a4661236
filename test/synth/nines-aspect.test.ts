import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, AspectPriority, Aspects, Stack, Validations } from 'aws-cdk-lib/core';
import { NinesAspect } from '../../lib/synth/nines-aspect';
import { weaken } from '../support/weakened-stack';

function stackWithAspect(): Stack {
  const app = new App();
  Aspects.of(app).add(new NinesAspect(), { priority: AspectPriority.READONLY });
  return new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
}

function balancer(stack: Stack): CfnLoadBalancer {
  const subnet = new CfnSubnet(stack, 'Subnet', {
    vpcId: 'vpc-1',
    availabilityZone: 'eu-west-1a',
    cidrBlock: '10.0.0.0/24',
  });
  return new CfnLoadBalancer(stack, 'Front', { subnets: [subnet.ref] });
}

const errorsOf = (stack: Stack, rule: string) =>
  Found.fromStack(stack).findError('*', Match.stringLikeRegexp(`^${rule}: `));

describe('NinesAspect', () => {
  it('annotates the construct with the finding and the fix', () => {
    const stack = stackWithAspect();
    balancer(stack);
    expect(errorsOf(stack, 'ELB-01').map(({ id, entry }) => [id, entry.data])).toEqual([
      [
        '/Shop/Front',
        expect.stringMatching(
          /found 1 zone \(eu-west-1a\), needs 2 zones; fix: give the load balancer a subnet/,
        ),
      ],
    ]);
  });

  it('sees what other aspects changed', () => {
    const stack = stackWithAspect();
    const front = balancer(stack);
    const other = new CfnSubnet(stack, 'Other', {
      vpcId: 'vpc-1',
      availabilityZone: 'eu-west-1b',
      cidrBlock: '10.0.1.0/24',
    });
    Aspects.of(stack).add(
      { visit: (node) => node === front && front.addPropertyOverride('Subnets.1', other.ref) },
      { priority: AspectPriority.MUTATING },
    );
    expect(errorsOf(stack, 'ELB-01')).toEqual([]);
  });

  it('leaves out what is acknowledged', () => {
    const stack = stackWithAspect();
    Validations.of(balancer(stack)).acknowledge({ id: 'cdk-nines::ELB-01', reason: 'internal tool' });
    expect(errorsOf(stack, 'ELB-01')).toEqual([]);
  });

  it('says nothing of what another stack may still bring, such as a backup plan', () => {
    const stack = stackWithAspect();
    new CfnTable(stack, 'Table', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
    expect(Found.fromStack(stack).findWarning('*', Match.stringLikeRegexp('DDB-04'))).toEqual([]);
    expect(errorsOf(stack, 'DDB-04')).toEqual([]);
  });

  it('says what is wrong with a stack itself, and takes an acknowledgement of it', () => {
    const [stack, other] = [stackWithAspect(), stackWithAspect()];
    weaken(stack);
    weaken(other);
    Validations.of(other).acknowledge({ id: 'cdk-nines::X-84', reason: 'renewed next week' });
    expect(errorsOf(stack, 'X-84').map(({ id }) => id)).toEqual(['/Shop']);
    expect(errorsOf(other, 'X-84')).toEqual([]);
  });
});
