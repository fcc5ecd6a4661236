import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { NinesNagPack } from '../../lib/synth/nag';
import { weaken } from '../support/weakened-stack';

function reportOf(build: (stack: Stack) => void) {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NinesNagPack());
  build(new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } }));
  const exitCode = process.exitCode;
  expect(() => app.synth()).toThrow(/cdk-nines-ELB-01|needs 2 zones/);
  process.exitCode = exitCode;
  return JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'))
    .pluginReports as readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly severity: string;
      readonly description: string;
    }[];
  }[];
}

function balancer(stack: Stack, id: string): CfnLoadBalancer {
  const subnet = new CfnSubnet(stack, `${id}Subnet`, {
    vpcId: 'vpc-1',
    availabilityZone: 'eu-west-1a',
    cidrBlock: '10.0.0.0/24',
  });
  return new CfnLoadBalancer(stack, id, { subnets: [subnet.ref] });
}

describe('NinesNagPack', () => {
  it('stands beside other packs, with ids of its own', () => {
    const reports = reportOf((stack) => void balancer(stack, 'Front'));
    expect(reports.map(({ pluginName }) => pluginName)).toEqual(['AwsSolutions', 'cdk-nines-nag']);
    const found = reports[1]?.violations.find(({ ruleName }) => ruleName === 'cdk-nines-ELB-01');
    expect(found).toMatchObject({ severity: 'error', description: expect.stringMatching(/needs 2 zones/) });
  });

  it('takes an acknowledgement as other packs do', () => {
    const reports = reportOf((stack) => {
      Validations.of(balancer(stack, 'Front')).acknowledge({
        id: 'cdk-nines-ELB-01',
        reason: 'internal tool',
      });
      balancer(stack, 'Other');
    });
    const mine = reports.find(({ pluginName }) => pluginName === 'cdk-nines-nag');
    expect(mine?.violations.filter(({ ruleName }) => ruleName === 'cdk-nines-ELB-01')).toHaveLength(1);
  });

  it('says what is wrong with a stack itself', () => {
    const reports = reportOf((stack) => {
      weaken(stack);
      balancer(stack, 'Front');
    });
    const mine = reports.find(({ pluginName }) => pluginName === 'cdk-nines-nag');
    expect(mine?.violations.find(({ ruleName }) => ruleName === 'cdk-nines-X-84')).toMatchObject({
      severity: 'error',
    });
  });

  it('lets no acknowledgement hide what judges the exceptions', () => {
    const reports = reportOf((stack) => {
      weaken(stack);
      balancer(stack, 'Front');
      Validations.of(stack).acknowledge({ id: 'cdk-nines-nag::cdk-nines-X-84', reason: 'in the way' });
      Validations.of(stack).acknowledge({ id: 'cdk-nines-X-84', reason: 'in the way' });
    });
    const mine = reports.find(({ pluginName }) => pluginName === 'cdk-nines-nag');
    expect(mine?.violations.map(({ ruleName }) => ruleName)).toContain('cdk-nines-X-84[refused]');
  });
});
