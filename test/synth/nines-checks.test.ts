import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, CfnParameter, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { NinesChecks } from '../../lib/synth/nines-checks';
import { Scratch } from '../support/scratch';
import { weaken } from '../support/weakened-stack';

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Reported {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly (Violation & { readonly reason: string })[];
}

const subnetIn = (scope: Construct, zone: string) =>
  new CfnSubnet(scope, `Subnet${zone}`, { vpcId: 'vpc-1', availabilityZone: zone, cidrBlock: '10.0.0.0/24' })
    .ref;

const balancerIn = (scope: Construct, ...zones: readonly string[]) =>
  new CfnLoadBalancer(scope, 'Front', { subnets: zones.map((zone) => subnetIn(scope, zone)) });

/** Synthesises an app and gives what the CDK reports of the plug-in. */
function synthesise(
  build: (stack: Stack, app: App) => void,
  props?: ConstructorParameters<typeof NinesChecks>[0],
) {
  const app = new App();
  Validations.of(app).addPlugins(new NinesChecks(props));
  build(new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } }), app);
  const exitCode = process.exitCode;
  let thrown = '';
  try {
    app.synth();
  } catch (error) {
    thrown = String(error);
  }
  process.exitCode = exitCode;
  const reports = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'))
    .pluginReports as readonly Reported[];
  return { thrown, report: reports.find(({ pluginName }) => pluginName === 'cdk-nines') };
}

const zonal = (report: Reported | undefined) =>
  report?.violations.filter(({ ruleName }) => ruleName === 'ELB-01');

describe('NinesChecks', () => {
  const scratch = new Scratch();
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
  afterAll(() => scratch.remove());

  it('refuses a design that loses its load balancer with a zone, and names the construct, the finding and the fix', () => {
    const { thrown, report } = synthesise((stack) => void balancerIn(stack, 'eu-west-1a'));
    expect(thrown).toMatch(/^ValidationFailed: /);
    expect(report?.conclusion).toBe('failure');
    expect(zonal(report)?.[0]).toMatchObject({
      severity: 'error',
      description: expect.stringMatching(
        /Load balancers span at least two zones\. Subnets: found 1 zone \(eu-west-1a\), needs 2 zones/,
      ),
      suggestedFix: 'give the load balancer a subnet in at least two zones',
      violatingConstructs: [{ constructPath: 'Shop/Front' }],
    });
  });

  it('says nothing of a rule that passes', () => {
    const { report } = synthesise((stack) => void balancerIn(stack, 'eu-west-1a', 'eu-west-1b'));
    expect(zonal(report)).toEqual([]);
  });

  it('reports what is unknown as info, and does not refuse it', () => {
    const { report } = synthesise((stack) => {
      const zone = new CfnParameter(stack, 'Zone').valueAsString;
      const balancer = new CfnLoadBalancer(stack, 'Front', {
        subnets: [
          new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1', availabilityZone: zone, cidrBlock: '10.0.0.0/24' })
            .ref,
        ],
      });
      balancer.addPropertyOverride('Subnets.1', 'subnet-elsewhere');
    });
    expect(zonal(report)?.[0]).toMatchObject({
      severity: 'info',
      description: expect.stringMatching(/^cannot be judged before deploy: /),
    });
  });

  it('judges the final template: an override decides, not the property', () => {
    const { report } = synthesise((stack) => {
      balancerIn(stack, 'eu-west-1a', 'eu-west-1b').addPropertyOverride('Subnets', [
        subnetIn(stack, 'eu-west-1c'),
      ]);
    });
    expect(zonal(report)).toHaveLength(1);
  });

  it('lets the CDK suppress what is acknowledged, and keeps the reason', () => {
    const { report } = synthesise((stack) => {
      Validations.of(balancerIn(stack, 'eu-west-1a')).acknowledge({
        id: 'cdk-nines::ELB-01',
        reason: 'internal tool',
      });
    });
    expect(zonal(report)).toEqual([]);
    expect(report?.suppressedViolations?.map(({ ruleName, reason }) => [ruleName, reason])).toEqual([
      ['ELB-01', 'internal tool'],
    ]);
  });

  it('sees stages and nested stacks', () => {
    const { report } = synthesise((stack, app) => {
      balancerIn(new NestedStack(stack, 'Nested'), 'eu-west-1a');
      balancerIn(new Stack(new Stage(app, 'Prod'), 'Inner'), 'eu-west-1a');
    });
    expect(
      zonal(report)
        ?.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath))
        .sort(),
    ).toEqual(['Prod/Inner/Front', 'Shop/Nested/Front']);
  });

  it('judges at the tier that the configuration declares', () => {
    const config = scratch.write(
      'nines.config.yaml',
      'services:\n  - {name: shop, tier: 3, stacks: [Shop]}\n',
    );
    const { thrown, report } = synthesise((stack) => void balancerIn(stack, 'eu-west-1a'), { config });
    expect(zonal(report)?.[0]?.severity).toBe('info');
    expect(thrown).toBe('');
  });

  it('refuses when the configuration is not well formed, instead of judging without it', () => {
    const config = scratch.write('broken.yaml', 'services:\n  - {name: shop, tier: gold, stacks: [Shop]}\n');
    const { thrown, report } = synthesise((stack) => void balancerIn(stack, 'eu-west-1a'), { config });
    expect(report?.violations).toMatchObject([
      { severity: 'error', description: expect.stringMatching(/"gold" is no tier/) },
    ]);
    expect(thrown).not.toBe('');
  });

  it('names the stack where a weakening has run out, so that it can be acknowledged there', () => {
    const of = (report: Reported | undefined) =>
      report?.violations.filter(({ ruleName }) => ruleName === 'X-84') ?? [];
    expect(of(synthesise(weaken).report)[0]?.violatingConstructs).toMatchObject([{ constructPath: 'Shop' }]);
    const { report } = synthesise((stack) => {
      weaken(stack);
      Validations.of(stack).acknowledge({ id: 'cdk-nines::X-84', reason: 'renewed next week' });
    });
    expect(of(report)).toEqual([]);
  });
});
