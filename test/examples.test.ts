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
import type { Verdict } from '../lib/audit/verdict';
import { compileFaultTree } from '../lib/calculus/fault-tree/compiled-tree';
import { assessmentText } from '../lib/evidence/assessment-text';
import { SynthesisedApp } from './support/example-app';
import { drawnByLot, raised } from './support/monte-carlo';

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

/** What is weak in the plain constructs of the retrofit example. */
const RETROFIT_BEFORE: readonly string[] = [
  'BKP-02 Bookings/Bookings/Resource',
  'CFN-01 Bookings',
  'DDB-02 Bookings/Seats/Resource',
  'DDB-04 Bookings/Seats/Resource',
  'DDB-05 Bookings/Seats/Resource',
  'DDB-07 Bookings/Seats/Resource',
  'ECS-02 Bookings/Web/Service',
  'ECS-05 Bookings/Task/Resource',
  'ECS-06 Bookings/Task/Resource',
  'ELB-06 Bookings/Front/Resource',
  'ELB-07 Bookings/Front/Http/WebGroup/Resource',
  'ELB-09 Bookings/Front/Resource',
  'RDS-01 Bookings/Bookings/Resource',
  'RDS-05 Bookings/Bookings/Resource',
  'RDS-06 Bookings/Bookings/Resource',
  'RDS-09 Bookings/Bookings/Resource',
  'RDS-19 Bookings/Bookings/Resource',
  'RDS-20 Bookings/Bookings/Resource',
  'RDS-27 Bookings/Bookings/Resource',
  'RDS-27 Bookings/Bookings/Resource',
  'S3-01 Bookings/Tickets/Resource',
  'SEC-01 Bookings/Bookings/Secret/Resource',
  'SQS-01 Bookings/Mail/Resource',
  'VPC-06 Bookings/Vpc/Resource',
  'VPC-07 Bookings/Vpc/Resource',
  'X-13 Bookings/Vpc/PrivateSubnet2/Subnet',
  'X-13 Bookings/Vpc/PrivateSubnet3/Subnet',
  'X-24 Bookings/Web/Service',
  'X-39 Bookings/Seats/Resource',
  'X-39 Bookings/Tickets/Resource',
  'X-42 Bookings/Bookings/Resource',
  'X-42 Bookings/Bookings/Resource',
  'X-42 Bookings/Seats/Resource',
  'X-51 Bookings/Bookings/Resource',
  'X-87 Bookings/Bookings/Resource',
];

/** The next longest way back from the loss of a zone, once the database has its standby. */
const RETROFIT_NAMED_NEXT = 'X-42 Bookings/Vpc/PublicSubnet1/NATGateway';

/** What a retrofit mends of it. The rest is left to people: it needs a decision, or a resource that nobody has made. */
const RETROFIT_MENDED: readonly string[] = [
  'DDB-02 Bookings/Seats/Resource',
  'DDB-05 Bookings/Seats/Resource',
  'ECS-02 Bookings/Web/Service',
  'ELB-06 Bookings/Front/Resource',
  'RDS-01 Bookings/Bookings/Resource',
  'RDS-05 Bookings/Bookings/Resource',
  'RDS-09 Bookings/Bookings/Resource',
  'S3-01 Bookings/Tickets/Resource',
  'X-24 Bookings/Web/Service',
  'X-39 Bookings/Seats/Resource',
  'X-39 Bookings/Tickets/Resource',
  'X-42 Bookings/Bookings/Resource',
  'X-87 Bookings/Bookings/Resource',
];

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

/** The examples that hold what they promise, and the services that they declare. */
const SOUND: readonly (readonly [folder: string, services: readonly string[]])[] = [
  ['quickstart', ['catalogue']],
  ['active-passive', ['shop']],
  ['active-active', ['payments']],
  ['event-driven', ['invoices']],
  ['observability', ['tickets']],
  // The team that approves is of no service: it guards vaults of all.
  ['data-protection', ['', 'ledger']],
];

/** The findings of the sound examples, each right: where they stand, and why they are left. */
const EXPECTED: Readonly<Record<string, readonly [where: RegExp, why: string | undefined]>> = {};

const OF_THE_ACCOUNT = 'it is of the account: the organisation, or another app, may have it';
const AT_DEPLOY = 'it is given at deploy, and stands in no template';
const OF_ANOTHER_STACK =
  'which health check an id means that another stack makes is known once that is there';

/** What cannot be known before the deploy: where, and why. */
const UNKNOWN: Readonly<Record<string, readonly [where: RegExp, why: string]>> = {
  'ACM-01': [/\/LoadBalancer\/Https\/Resource$/, 'the certificate exists before the stack does'],
  'CFG-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'CFN-02': [/^[^/]+$/, AT_DEPLOY],
  'CFN-03': [/./, 'another region may mean a resource by its name'],
  'CTR-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'CWL-03': [/^[^/]+$/, OF_THE_ACCOUNT],
  'CWL-04': [/^[^/]+$/, OF_THE_ACCOUNT],
  'GRD-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'INC-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'R53-02': [/^Shop-[^/]*\/Dns\/Record\/Resource$/, OF_ANOTHER_STACK],
  'RHB-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'SHB-01': [/^[^/]+$/, OF_THE_ACCOUNT],
  'X-03': [/^Shop-eu-west-1\/Dns\/Record\/Resource$/, OF_ANOTHER_STACK],
  'X-05': [/^Shop-[^/]*\/Dns\/Record\/Resource$/, OF_ANOTHER_STACK],
  'X-09': [/\/Dns\/Record\/Resource$/, 'the certificate exists before the stack does'],
  'X-37': [/Role\/Resource$/, 'what a policy of AWS grants stands in no template'],
  'X-42': [/^Invoices-[^/]*\/Worker\//, 'what deploys it, and may take a deploy back, stands in another app'],
  'X-85': [/^[^/]+$/, 'a game day may be recorded elsewhere'],
  'X-86': [/^[^/]+$/, AT_DEPLOY],
};

/** The lines of a list that were needed. */
const needed = new Set<string>();

/** Whether a list has a line for what was said, which is then needed. */
function isListed(
  list: Readonly<Record<string, readonly [where: RegExp, why: string | undefined]>>,
  { rule, constructPath = '' }: Verdict,
): boolean {
  const isThere = list[rule]?.[0].test(constructPath) ?? false;
  if (isThere) needed.add(rule);
  return isThere;
}

/** Every service of an app fails as often as when its events are drawn by lot, within four standard errors. */
function expectSameByLot(app: SynthesisedApp): void {
  const { services } = app.assess();
  expect(services.length).toBeGreaterThan(0);
  for (const { availability } of services) {
    const { tree } = availability.model;
    const probabilities = raised(tree);
    const exact = compileFaultTree(tree).probability(probabilities);
    const { mean, error } = drawnByLot(tree, probabilities, { rounds: 20_000, seed: 1 });
    expect(Math.abs(exact - mean)).toBeLessThan(4 * error);
  }
}

describe.each(SOUND)('examples/%s', (name, services) => {
  const app = new SynthesisedApp(`examples/${name}`, { validation: true, nag: true });
  afterAll(() => app.remove());

  it('synthesises, and its own checks refuse nothing but what is expected', () => {
    const errors = app.stderr.split('\n').filter((line) => line.startsWith('ERROR'));
    const refused = app.refused();
    expect(errors.filter((line) => !line.endsWith('(cdk-nines)'))).toEqual([]);
    expect(refused).toEqual([]);
    expect(app.status).toBe(0);
  });

  it('has no error of the validator of the CDK', () => {
    const violations = app.reports().get('CloudFormation Validate')?.violations ?? [];
    expect(violations.filter(({ severity }) => severity !== 'warning' && severity !== 'info')).toEqual([]);
  });

  it('has no error of the packs of cdk-nag', () => {
    const packs = [...app.reports().values()].filter(({ pluginName }) => /Aws|NIST|HIPAA/.test(pluginName));
    const errors = packs.flatMap(({ violations }) =>
      violations.filter(({ severity }) => severity === 'error'),
    );
    expect(errors.map((each) => `${each.ruleName} ${each.violatingConstructs[0]?.constructPath}`)).toEqual(
      [],
    );
  });

  it('has no finding and nothing unknown but what is expected, and no engine error', () => {
    const { verdicts, engineErrors } = app.audit();
    const told = (some: readonly Verdict[]) =>
      some.map(({ rule, constructPath, message }) => `${rule} ${constructPath}: ${message}`);
    expect(told(verdicts.filter((each) => isFinding(each) && !isListed(EXPECTED, each)))).toEqual([]);
    expect(told(verdicts.filter((each) => each.verdict === 'unknown' && !isListed(UNKNOWN, each)))).toEqual(
      [],
    );
    expect(engineErrors).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThanOrEqual(4);
  });

  it.each(['X-42', 'X-51'])(
    'keeps %s for each service as a whole, of which one pattern is but a part',
    (rule) => {
      const own = app.audit().verdicts.filter((each) => each.rule === rule && each.service);
      expect(own.filter(({ verdict }) => verdict === 'fail').map(({ message }) => message)).toEqual([]);
      const kept = new Set(own.filter(({ verdict }) => verdict === 'pass').map(({ service }) => service));
      expect([...kept].sort()).toEqual(services.filter((each) => each !== ''));
    },
  );

  it('is as available as its services owe', () => {
    const short = app.assess().services.filter(({ availability }) => !availability.meets);
    expect(short.map(({ service }) => service.name)).toEqual([]);
  });

  it('fails as often as by lot, within four standard errors', () => expectSameByLot(app));

  if (name === 'active-passive') {
    it.each(['README.md', 'docs/assess.md'])('is assessed as %s shows it', (page) => {
      const text = [...assessmentText({ assessment: app.assess(), version: '' })].join('');
      const [, rest = ''] = readFileSync(join(ROOT, page), 'utf8').split('$ nines assess cdk.out\n');
      const shown = rest.slice(0, rest.indexOf('\n...')).split('\n');
      expect(shown.length).toBeGreaterThan(5);
      expect(shown.filter((line) => !text.includes(`${line}\n`))).toEqual([]);
    });
  }

  it('belongs to its declared services throughout', () => {
    const found = new Set(app.audit().verdicts.map(({ service = '' }) => service));
    expect([...found].sort()).toEqual(services);
  });
});

describe('what is expected of the sound examples', () => {
  it('is found in one of them, each rule', () => {
    expect([...Object.keys(EXPECTED), ...Object.keys(UNKNOWN)].filter((rule) => !needed.has(rule))).toEqual(
      [],
    );
  });

  it('has a reason, each rule', () => {
    expect(Object.entries({ ...EXPECTED, ...UNKNOWN }).filter(([, [, why]]) => !why)).toEqual([]);
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

    it('fails as often as by lot', () => expectSameByLot(app));

    it.each(SINGLE_POINTS_OF_FAILURE)('is refused for %s', (_what, rule, construct) => {
      const found = violations.filter(
        ({ ruleName, violatingConstructs }) =>
          ruleName === rule && violatingConstructs.some(({ constructPath }) => constructPath === construct),
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

describe('examples/retrofit', () => {
  const before = new SynthesisedApp('examples/retrofit');
  const after = new SynthesisedApp('examples/retrofit', { context: { retrofit: 'true' } });
  afterAll(() => {
    before.remove();
    after.remove();
  });
  const rulesOf = (app: SynthesisedApp): string[] =>
    app
      .audit()
      .verdicts.filter((verdict) => isFinding(verdict) && verdict.severity !== 'info')
      .map(({ rule, constructPath }) => `${rule} ${constructPath}`)
      .sort();

  it('fails as often as by lot, before and after', () => {
    expectSameByLot(before);
    expectSameByLot(after);
  });

  it('is found weak before', () => expect(rulesOf(before)).toEqual(RETROFIT_BEFORE));

  it('is found better after, and never worse', () => {
    const left = RETROFIT_BEFORE.filter((each) => !RETROFIT_MENDED.includes(each));
    expect(rulesOf(after)).toEqual([...left, RETROFIT_NAMED_NEXT].sort());
  });

  it('says what was changed and what was left', () => {
    const report = after.file('retrofit.md');
    expect(report).toContain('| Bookings/Bookings | multiAz | not set | true | changed |');
    expect(report).toContain('| Bookings/Legacy | ttl | 1 h | 5 min | left as it is |');
    expect(report).toMatch(/\n15 changed, 3 left\.\n$/);
  });

  it('keeps what a person wrote', () => {
    const [template = ''] = after.templates();
    const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    const records = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Route53::RecordSet');
    expect(records.map(({ Properties }) => Properties.TTL)).toEqual(['3600']);
  });
});

describe('the packs of cdk-nag', () => {
  it('are really asked: plain constructs have errors of each', () => {
    const app = new SynthesisedApp('examples/retrofit', { nag: true });
    const asked = [...app.reports().values()].filter(({ violations }) =>
      violations.some(({ severity }) => severity === 'error'),
    );
    expect(asked.map(({ pluginName }) => pluginName).sort()).toEqual([
      'AwsSolutions',
      'HIPAA.Security',
      'NIST.800.53.R5',
    ]);
    app.remove();
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
