import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, CfnParameter, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
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
  readonly metadata?: Readonly<Record<string, string>>;
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

  it('says in one line what the organisation or the deployment decides, and not in every synthesis anew', () => {
    const { report } = synthesise(() => undefined);
    const shown = new Set(report?.violations.map(({ ruleName }) => ruleName));
    const elsewhere = [
      'CFG-01',
      'CFN-02',
      'CTR-01',
      'CWL-03',
      'CWL-04',
      'GRD-01',
      'INC-01',
      'RHB-01',
      'SHB-01',
    ];
    expect(elsewhere.filter((rule) => shown.has(rule))).toEqual([]);
    expect(report?.metadata?.unknown).toBe(
      `${elsewhere.join(', ')}: the organisation, another app or the deployment decides; nines audit says what`,
    );
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

  it('warns of a service of the configuration that nothing belongs to', () => {
    const services = (stack: string) =>
      scratch.write(`${stack}.yaml`, `services:\n  - {name: shop, tier: 3, stacks: [${stack}]}\n`);
    const withStack = (stack: string) =>
      synthesise((of) => void balancerIn(of, 'eu-west-1a'), { config: services(stack) });
    const unmatched = withStack('Sohp').report?.violations.find(({ ruleName }) => ruleName === 'CONFIG');
    const text = JSON.stringify(unmatched);
    expect(unmatched?.severity).toBe('warning');
    expect(text).toMatch(/no resource belongs to service shop: nothing matches stacks/);
    expect(text).toContain('name one of the stacks there are');
    expect(JSON.stringify(withStack('Shop').report)).not.toContain('no resource belongs');
  });

  it('warns of a contract that nobody has looked at again, and stops nothing', () => {
    const party = '{ name: cards, contract: { reviewBy: 2027-03-31 } }';
    const config = scratch.write(
      'contract.yaml',
      `services:\n  - {name: shop, tier: 3, stacks: [Shop], thirdParties: [${party}]}\n`,
    );
    const reviewed = (today: string) => {
      const props = { config, today: new Date(`${today}T12:00:00Z`) };
      const { report } = synthesise((of) => void balancerIn(of, 'eu-west-1a', 'eu-west-1b'), props);
      return report?.violations.filter(({ ruleName }) => ruleName === 'REVIEW');
    };
    expect(reviewed('2027-03-31')).toEqual([]);
    expect(reviewed('2027-04-01')).toMatchObject([
      {
        severity: 'warning',
        description: 'the contract of shop with cards was to be reviewed by 2027-03-31',
        suggestedFix: 'look at the contract again, then write the next day into its reviewBy',
      },
    ]);
  });

  it('says once what holds of several constructs, each of which can be acknowledged by itself', () => {
    const { report } = synthesise((stack) => {
      for (const name of ['Front', 'Back', 'Side']) balancerIn(new Construct(stack, name), 'eu-west-1a');
      Validations.of(stack.node.findChild('Side')).acknowledge({ id: 'cdk-nines::ELB-01', reason: 'a test' });
    });
    expect(zonal(report)).toMatchObject([
      {
        violatingConstructs: [{ constructPath: 'Shop/Front/Front' }, { constructPath: 'Shop/Back/Front' }],
      },
    ]);
    const suppressed = report?.suppressedViolations?.filter(({ ruleName }) => ruleName === 'ELB-01');
    expect(suppressed).toMatchObject([{ violatingConstructs: [{ constructPath: 'Shop/Side/Front' }] }]);
  });

  it('refuses when the configuration is not well formed, instead of judging without it', () => {
    const config = scratch.write('broken.yaml', 'services:\n  - {name: shop, tier: gold, stacks: [Shop]}\n');
    const { thrown, report } = synthesise((stack) => void balancerIn(stack, 'eu-west-1a'), { config });
    expect(report?.violations).toMatchObject([
      { severity: 'error', description: expect.stringMatching(/"gold" is no tier/) },
    ]);
    expect(thrown).not.toBe('');
  });

  describe('of a weakening that has run out', () => {
    const acknowledged = (...ids: readonly string[]) => {
      const { report } = synthesise((stack, app) => {
        weaken(stack);
        for (const id of ids) Validations.of(stack).acknowledge({ id, reason: 'renewed next week' });
        for (const id of ids) Validations.of(app).acknowledge({ id, reason: 'renewed next week' });
      });
      return {
        shown: report?.violations.filter(({ ruleName }) => ruleName.startsWith('X-84')) ?? [],
        suppressed: report?.suppressedViolations ?? [],
      };
    };

    it('names the stack', () => {
      const { shown } = acknowledged();
      expect(shown).toMatchObject([{ ruleName: 'X-84', violatingConstructs: [{ constructPath: 'Shop' }] }]);
    });

    it('is not silenced by an acknowledgement, whatever its name', () => {
      const once = acknowledged('cdk-nines::X-84');
      // The weakening, and the acknowledgement.
      expect(once.shown.map(({ ruleName }) => ruleName)).toEqual(['X-84[refused]', 'X-84[refused]']);
      expect(once.shown[0]?.description).toMatch(/cannot be acknowledged/);
      expect(once.suppressed).toEqual([]);
      const twice = acknowledged('cdk-nines::X-84', 'cdk-nines::X-84[refused]');
      expect(new Set(twice.shown.map(({ ruleName }) => ruleName))).toEqual(new Set(['X-84[refused-2]']));
      expect(twice.suppressed).toEqual([]);
    });
  });

  it('does not let an acknowledgement silence an input that is wrong', () => {
    const config = scratch.write('broken.yaml', 'services:\n  - {name: shop, tier: gold, stacks: [Shop]}\n');
    const { thrown } = synthesise(
      (_, app) => Validations.of(app).acknowledge({ id: 'cdk-nines::ENGINE', reason: 'r' }),
      { config },
    );
    expect(thrown).not.toBe('');
  });
});
