import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, AspectPriority, Aspects, Stack, Validations } from 'aws-cdk-lib/core';
import { run } from '../../lib/cli/run';
import { RiskAcceptance } from '../../lib/constructs/governance/risk-acceptance';
import { NinesAspect } from '../../lib/synth/nines-aspect';
import { NinesChecks } from '../../lib/synth/nines-checks';
import { RECORD } from '../records/fixtures';

const { scope: _, ...PROPS } = RECORD;

/** A stack with a load balancer in one zone, for which somebody accepted the risk. */
function balancerIn(app: App): Stack {
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  const subnet = new CfnSubnet(stack, 'Subnet', {
    vpcId: 'vpc-1',
    availabilityZone: 'eu-west-1a',
    cidrBlock: '10.0.0.0/24',
  });
  const balancer = new CfnLoadBalancer(stack, 'Front', { subnets: [subnet.ref] });
  RiskAcceptance.of(balancer).accept({ ...PROPS, rules: ['ELB-01'] });
  return stack;
}

/** What the report of the CDK says of the load balancer, and of exceptions. */
function synthesise(day: string, ...acknowledged: readonly string[]) {
  const app = new App();
  Validations.of(app).addPlugins(new NinesChecks({ today: new Date(`${day}T12:00:00Z`) }));
  balancerIn(app);
  for (const id of acknowledged) Validations.of(app).acknowledge({ id, reason: 'it is in the way' });
  const exitCode = process.exitCode;
  try {
    app.synth();
  } catch {
    // It is refused for other findings, too.
  }
  process.exitCode = exitCode;
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const report = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'cdk-nines');
  const of = (violations: readonly { ruleName: string; description: string; severity: string }[] = []) =>
    violations.filter(({ ruleName }) => /^(?:ELB-01|X-84)/.test(ruleName));
  return { shown: of(report.violations), suppressed: of(report.suppressedViolations), outdir: app.outdir };
}

describe('a risk accepted in code', () => {
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

  it('is suppressed in the report of the CDK until its last day', () => {
    const { shown, suppressed } = synthesise('2027-03-31');
    expect(shown).toEqual([]);
    expect(suppressed.map(({ ruleName, ...more }) => [ruleName, 'reason' in more && more.reason])).toEqual([
      ['ELB-01', expect.stringMatching(/^the move .*approved by head of payments until 2027-03-31/)],
    ]);
  });

  it('is back after it, under a name that the old acknowledgement does not suppress', () => {
    const { shown, suppressed } = synthesise('2027-04-01');
    expect(shown.map(({ ruleName, severity }) => [ruleName, severity]).sort()).toEqual([
      ['ELB-01[refused]', 'error'],
      ['X-84', 'warning'],
    ]);
    expect(shown.find(({ ruleName }) => ruleName === 'ELB-01[refused]')?.description).toMatch(
      /Not accepted: it expired on 2027-03-31\.$/,
    );
    expect(suppressed).toEqual([]);
  });

  it('is not hidden by who acknowledges that name, too', () => {
    const { shown, suppressed } = synthesise('2027-04-01', 'cdk-nines::ELB-01[refused]', 'cdk-nines::X-84');
    expect(shown.map(({ ruleName, severity }) => [ruleName, severity]).sort()).toEqual([
      ['ELB-01[refused-2]', 'error'],
      ['X-84[refused]', 'warning'],
    ]);
    expect(suppressed).toEqual([]);
  });

  it('is annotated by the aspect only after it', () => {
    const annotated = (day: string) => {
      const app = new App();
      Aspects.of(app).add(new NinesAspect({ today: new Date(`${day}T12:00:00Z`) }), {
        priority: AspectPriority.READONLY,
      });
      return Annotations.fromStack(balancerIn(app)).findError('*', Match.stringLikeRegexp('^ELB-01: '))
        .length;
    };
    expect([annotated('2027-03-31'), annotated('2027-04-01')]).toEqual([0, 1]);
  });

  it('is in the register of the command, which reads the assembly', async () => {
    let out = '';
    const world = {
      out: (text: string) => {
        out += text;
      },
      err: () => undefined,
      env: { NO_COLOR: '1' },
      isTerminal: false,
    };
    await run(
      ['audit', synthesise('2027-03-31').outdir, '--format', 'json', '--fail-on', 'never'],
      world,
      '1.2.3',
    );
    expect(JSON.parse(out).register).toMatchObject([
      { kind: 'risk acceptance', id: 'ELB-01 on construct Shop/Front', approver: 'head of payments' },
    ]);
  });
});
