import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { parseAllDocuments } from 'yaml';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { openSloProps } from '../../lib/constructs/observe/slo/open-slo/open-slo-props';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../lib/constructs/observe/slo/service-level-objective-props';
import { ServiceLevelEngine } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import schema from '../../schemas/openslo-1.schema.json';
import { freshness, orders } from '../constructs/observe/slo/orders';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-openslo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isValid = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).compile(schema);

function build(tier: Tier, ...all: readonly ServiceLevelObjectiveProps[]) {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  declareService(stack, new Service({ name: 'shop', tier, owner: 'team-shop' }));
  const slos = all.map((props, index) => new ServiceLevelObjective(stack, `Slo${index}`, props));
  return { slos, template: Template.fromStack(stack).toJSON() };
}

async function exported(name: string, template: object) {
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(template));
  const { code, out, err } = await nines('export', 'openslo', file);
  return { code, err, documents: parseAllDocuments(out).map((document) => document.toJS()) };
}

describe('nines export openslo', () => {
  it('writes documents that are valid, two conditions a pair', async () => {
    const { code, documents } = await exported('shop', build(1, { indicator: orders }).template);
    expect(code).toBe(0);
    for (const document of documents) {
      isValid(document);
      expect([document.metadata.name, isValid.errors]).toEqual([document.metadata.name, null]);
    }
    expect(documents.map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual([
      'Service shop',
      'SLI shop-availability',
      'SLO shop-availability',
      ...['1h', '6h', '1d', '3d'].flatMap((window) => [
        `AlertCondition shop-availability-${window}`,
        `AlertCondition shop-availability-${window}-short`,
        `AlertPolicy shop-availability-${window}`,
      ]),
      'AlertNotificationTarget page',
      'AlertNotificationTarget ticket',
    ]);
    expect(documents.find(({ metadata: { name } }) => name === 'shop-availability-1h')).toMatchObject({
      metadata: { annotations: { 'nines-window-pair': 'shop-availability-1h-short' } },
      spec: {
        severity: 'page',
        condition: { kind: 'burnrate', threshold: 14.4, lookbackWindow: '1h', alertAfter: '0m' },
      },
    });
  });

  it.each([
    ['requests', { indicator: orders }],
    ['minutes', { indicator: freshness }],
  ])('of %s makes the same alarms when it is read again', async (name, props) => {
    const before = build(1, props);
    const { documents } = await exported(name, before.template);
    const after = build(1, openSloProps(documents));
    const alarms = (template: Record<string, unknown>) =>
      Object.values(template.Resources as Record<string, { Type: string; Properties: object }>)
        .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
        .map(({ Properties }) => ({ ...Properties, Metrics: undefined }));
    expect(alarms(after.template)).toEqual(alarms(before.template));
    expect(after.slos[0]?.alarms.map(({ check }) => check.threshold)).toEqual(
      before.slos[0]?.alarms.map(({ check }) => expect.closeTo(check.threshold, 12)),
    );
  });

  it('finds the metrics of objectives in Application Signals', async () => {
    const engine = ServiceLevelEngine.APPLICATION_SIGNALS;
    const { documents } = await exported('signals', build(1, { indicator: orders, engine }).template);
    const props = openSloProps(documents);
    expect(Object.keys(props.indicator.metrics).sort()).toEqual(['failures', 'orders']);
    expect(props.alerts).toHaveLength(4);
  });

  it('leaves out, with the reason, what no alarm watches', async () => {
    expect(await exported('quiet', build(3, { indicator: orders }).template)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /left out shop-availability: no alarm of the template watches it.*no service-level objective of it can be written/s,
      ),
    });
  });
});
