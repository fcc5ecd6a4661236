import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { DEFAULT_PROPERTIES } from '../../../lib/constructs/retrofit/default-properties';
import { HighlyAvailable } from '../../../lib/constructs/retrofit/highly-available';
import { COMPUTE } from '../../../lib/constructs/retrofit/improvements/compute';
import { DATA } from '../../../lib/constructs/retrofit/improvements/data';
import { TRAFFIC_IMPROVEMENTS } from '../../../lib/constructs/retrofit/improvements/traffic';
import type { Owed } from '../../../lib/constructs/retrofit/owed';
import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import type { RetrofitFinding } from '../../../lib/constructs/retrofit/retrofit-report';
import { TIERS, type Tier } from '../../../lib/objectives/tier';
import { tierPolicy } from '../../../lib/objectives/tier-policy';
import { allPatterns } from '../../support/pattern';
import { factsOf } from '../../support/pattern-docs';
import { plainEstate } from '../../support/plain-estate';
import { ACCOUNT, catalogued, shopOf } from '../fixtures';

function plainStack(tier: Tier): Stack {
  const stack = new Stack(new App(), 'Plain', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  declareService(stack, shopOf(tier));
  return stack;
}

/** What a retrofit says of the plain estate at every tier. */
const said = TIERS.map((tier) => {
  const stack = plainStack(tier);
  const { report } = Retrofit.of(stack);
  plainEstate(stack);
  const { decisions } = catalogued(stack);
  return { findings: report.findings, decisions };
});

/** The types and properties that the mixin alone says something of, at any tier. */
const byMixin = new Set(
  TIERS.flatMap((tier) => {
    const stack = plainStack(tier);
    const available = new HighlyAvailable();
    Aspects.of(stack).add(available);
    plainEstate(stack);
    (stack.node.root as App).synth();
    const types = new Map(stack.node.findAll().flatMap(typeAt));
    return available.report.findings.map(({ path, property }) => `${types.get(path)} ${property}`);
  }),
);

function typeAt(construct: IConstruct): [path: string, type: string][] {
  return CfnResource.isCfnResource(construct) ? [[construct.node.path, construct.cfnResourceType]] : [];
}

/** Whether the service's own default is as good as what any tier owes, so that nothing is ever filled. */
function isMetByDefault(row: {
  readonly owed: Owed<unknown>;
  readonly defaultsTo?: unknown;
  readonly isWeaker: (found: unknown, owed: unknown) => boolean;
}): boolean {
  return TIERS.every((tier) => {
    const owed = row.owed({ policy: tierPolicy(tier), nonProduction: false });
    return !owed || (row.defaultsTo !== undefined && !row.isWeaker(row.defaultsTo, owed.value));
  });
}

it('every finding is a decision of the service, with its value, its reason and its source', () => {
  for (const { findings, decisions } of said) {
    const named = new Map(decisions.map((each) => [each.what, each]));
    const missing = findings.filter(({ path, property, to, from, outcome }) => {
      const found = named.get(`${path.replace(/^Plain\//, '')}.${property}`);
      const value = outcome === 'changed' ? to : from;
      return found?.value !== value || found.because === '' || found.source === '';
    });
    expect(missing.map(({ path, property }: RetrofitFinding) => `${path}.${property}`)).toEqual([]);
    expect(findings.length).toBeGreaterThan(50);
  }
});

describe('the table of what the tier decides', () => {
  const rows = allPatterns()
    .filter(({ construct }) => construct === 'Retrofit')
    .flatMap((pattern) => factsOf(pattern).rows);
  const shown = new Set(rows.flatMap(({ what, of = [] }) => of.map((each) => `${each} ${what}`)));

  it('has every property of every L2 that a tier decides', () => {
    const owed = Object.entries(DEFAULT_PROPERTIES).flatMap(([id, properties]) =>
      properties
        .filter((row) => !isMetByDefault(row))
        .map(
          ({ property }) =>
            `${id.replace(/^aws-cdk-lib\.aws-/, '').replace('elasticloadbalancing', 'elb')} ${property}`,
        ),
    );
    expect(owed.length).toBeGreaterThan(30);
    expect(owed.filter((each) => !shown.has(each))).toEqual([]);
  });

  it('is made of every property of every resource that a tier decides', () => {
    const owed = [...DATA, ...TRAFFIC_IMPROVEMENTS, ...COMPUTE]
      .filter((row) => !isMetByDefault(row))
      .map(({ type, property }) => `${type} ${property}`);
    expect(owed.length).toBeGreaterThan(30);
    expect(owed.filter((each) => !byMixin.has(each))).toEqual([]);
  });

  it('has nothing of the regions around it, and a reason in each row', () => {
    expect(rows.filter(({ of = [] }) => of.every((each) => each === ''))).toEqual([]);
    expect(rows.filter(({ because }) => because.join('') === '')).toEqual([]);
  });
});
