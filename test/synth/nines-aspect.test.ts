import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, AspectPriority, Aspects, Stack, Validations } from 'aws-cdk-lib/core';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { ThirdPartyDependency } from '../../lib/constructs/observe/detection/third-party-dependency';
import { Service } from '../../lib/objectives/service';
import { NinesAspect } from '../../lib/synth/nines-aspect';
import { charges } from '../constructs/observe/detection/charges';
import { cards } from '../support/third-party';
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
  it('warns, at the stack, of a contract that nobody has looked at again', () => {
    const warned = (today: string) => {
      const app = new App();
      const props = { today: new Date(`${today}T12:00:00Z`) };
      Aspects.of(app).add(new NinesAspect(props), { priority: AspectPriority.READONLY });
      const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
      const thirdParties = [{ ...cards, sla: 0.9999 }];
      declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop', thirdParties }));
      new ThirdPartyDependency(stack, 'Cards', { thirdParty: 'cards', measured: charges });
      balancer(stack);
      return Found.fromStack(stack)
        .findWarning('*', Match.stringLikeRegexp('was to be reviewed'))
        .map(({ id, entry }) => [id, entry.data]);
    };
    expect(warned('2027-03-31')).toEqual([]);
    expect(warned('2027-04-01')).toEqual([
      [
        '/Shop',
        expect.stringContaining(
          'the contract of shop with cards was to be reviewed by 2027-03-31; fix: look at',
        ),
      ],
    ]);
  });

  it('annotates the construct with the finding and the fix', () => {
    const stack = stackWithAspect();
    balancer(stack);
    expect(errorsOf(stack, 'ELB-01').map(({ id, entry }) => [id, entry.data])).toEqual([
      [
        '/Shop/Front',
        // The CDK takes what stands last in brackets for the id of an error.
        expect.stringMatching(
          /found 1 zone \(eu-west-1a\), needs 2 zones; fix: give the load balancer a subnet.* \(cdk-nines::ELB-01\)$/,
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
