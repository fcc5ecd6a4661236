import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { BrownfieldCompute } from '../examples/brownfield/compute';
import { BrownfieldData } from '../examples/brownfield/data';
import { BrownfieldNetwork } from '../examples/brownfield/network';
import { isFinding } from '../lib/audit/report';
import { SynthesisedApp } from './support/example-app';

const ROOT = join(__dirname, '..');
const EXAMPLES = readdirSync(join(ROOT, 'examples'));

/** The classic single points of failure of the brownfield example, each with the rule that finds it. */
const SINGLE_POINTS_OF_FAILURE: readonly (readonly [what: string, rule: string, construct: string])[] = [
  ['one NAT gateway for three zones', 'X-13', 'Brownfield-Network/Vpc/PrivateSubnet2/Subnet'],
  ['a SECONDARY that takes an hour to act', 'R53-03', 'Brownfield-Network/Secondary'],
  ['a load balancer in one subnet', 'ELB-01', 'Brownfield-Compute/LoadBalancer'],
  ['an Auto Scaling group in one zone', 'ASG-01', 'Brownfield-Compute/Workers/ASG'],
  ['a function in one subnet', 'LAM-05', 'Brownfield-Compute/Function/Resource'],
  ['one task', 'ECS-02', 'Brownfield-Compute/Service/Service'],
  ['a Kubernetes cluster in one subnet', 'X-26', 'Brownfield-Compute/Kubernetes'],
  ['Kafka brokers in two zones', 'MSK-01', 'Brownfield-Compute/Kafka'],
  ['a broker of one instance', 'AMQ-01', 'Brownfield-Compute/Broker'],
  ['a table without backups or protection', 'DDB-02', 'Brownfield-Data/Orders/Resource'],
  ['an Aurora cluster of one instance', 'RDS-02', 'Brownfield-Data/Database/Resource'],
  ['a weekly backup that is gone after a day', 'BKP-01', 'Brownfield-Data/Weekly/Resource'],
  ['a file system in one zone', 'EFS-02', 'Brownfield-Data/Files'],
  ['a file server without a standby', 'FSX-02', 'Brownfield-Data/Shares'],
];

/** What cdk-nag's packs ask about redundancy, recovery points and failover. */
const REDUNDANCY_OF_NAG =
  /MultiAZ|ZoneAwareness|CrossZone|PITR|ELBHealthCheck|Failover|RDS3$|ELB4$|DDB3$|AEC4$|OS7$|N1$/;

describe('every example', () => {
  it('has a README and a cdk.json of its own', () => {
    for (const example of EXAMPLES) {
      expect(readFileSync(join(ROOT, 'examples', example, 'README.md'), 'utf8')).toMatch(/cdk synth/);
      expect(JSON.parse(readFileSync(join(ROOT, 'examples', example, 'cdk.json'), 'utf8')).app).toMatch(
        /app\.ts$/,
      );
    }
  });
});

describe.each(['examples/quickstart', 'examples/active-passive'])('%s', (folder) => {
  const app = new SynthesisedApp(folder);
  afterAll(() => app.remove());

  it('synthesises, and its own checks refuse nothing', () => {
    expect([app.stderr.split('\n').filter((line) => line.startsWith('ERROR')), app.status]).toEqual([[], 0]);
  });

  it('has no finding at level error or warning, and no engine error', () => {
    const { verdicts, engineErrors } = app.audit();
    const findings = verdicts.filter((verdict) => isFinding(verdict) && verdict.severity !== 'info');
    expect(
      findings.map(({ rule, constructPath, message }) => `${rule} ${constructPath}: ${message}`),
    ).toEqual([]);
    expect(engineErrors).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(5);
  });

  it('belongs to its declared service throughout', () => {
    expect(new Set(app.audit().verdicts.map(({ service }) => service))).toEqual(
      new Set([folder.endsWith('quickstart') ? 'catalogue' : 'shop']),
    );
  });
});

describe('examples/brownfield', () => {
  it('synthesises without a complaint when nobody checks', () => {
    const app = new SynthesisedApp('examples/brownfield');
    expect([app.status, app.reports().get('cdk-nines')]).toEqual([0, undefined]);
    app.remove();
  });

  describe('with -c checks=true', () => {
    const app = new SynthesisedApp('examples/brownfield', { context: { checks: 'true' } });
    afterAll(() => app.remove());
    const violations = app.reports().get('cdk-nines')?.violations ?? [];

    it('is refused', () => expect(app.status).not.toBe(0));

    it.each(SINGLE_POINTS_OF_FAILURE)('is refused for %s', (_what, rule, construct) => {
      const found = violations.filter(
        ({ ruleName, violatingConstructs }) =>
          ruleName === rule && violatingConstructs[0]?.constructPath === construct,
      );
      expect([...new Set(found.map(({ severity }) => severity))]).toEqual([
        rule === 'R53-03' ? 'warning' : 'error',
      ]);
    });
  });

  it('has 14 single points of failure, of which the packs of cdk-nag find none', () => {
    const app = new App();
    const env = { account: '123456789012', region: 'eu-west-1' };
    const network = new BrownfieldNetwork(app, 'Brownfield-Network', { env });
    new BrownfieldCompute(app, 'Brownfield-Compute', { env, network });
    new BrownfieldData(app, 'Brownfield-Data', { env, network });
    const packs = [
      AwsSolutionsChecks,
      HIPAASecurityChecks,
      NIST80053R4Checks,
      NIST80053R5Checks,
      PCIDSS321Checks,
      ServerlessChecks,
    ];
    const found = packs.flatMap((Pack) => new Pack(app).validateScope(app).violations);
    const paths = new Set(SINGLE_POINTS_OF_FAILURE.map(([, , construct]) => construct));
    const redundancy = found.filter(
      ({ ruleName, violatingResources }) =>
        REDUNDANCY_OF_NAG.test(ruleName) &&
        violatingResources.some(({ constructPath }) => paths.has(constructPath ?? '')),
    );
    expect(SINGLE_POINTS_OF_FAILURE).toHaveLength(14);
    expect(found.length).toBeGreaterThan(10);
    expect(redundancy.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});

describe('the reference app, end to end with the validator of the CDK', () => {
  it('has no finding of it', () => {
    const app = new SynthesisedApp('.', { validation: true });
    expect(app.status).toBe(0);
    expect(app.reports().get('CloudFormation Validate')?.violations ?? []).toEqual([]);
    app.remove();
  });

  it('is really looked at: a template that cannot deploy is found', () => {
    const app = new SynthesisedApp('examples/brownfield', { validation: true });
    expect(app.reports().get('CloudFormation Validate')?.violations.length).toBeGreaterThan(0);
    app.remove();
  });
});
