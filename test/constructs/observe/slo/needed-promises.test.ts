import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import { Service, type ServiceProps } from '../../../../lib/objectives/service';
import type { Tier } from '../../../../lib/objectives/tier';
import { refusal } from '../../fixtures';
import { orders } from './orders';

const { HARD, SOFT } = DependencyKind;

function shop(scope: Construct, needs: Partial<ServiceProps>): Stack {
  const stack = new Stack(scope, 'Shop');
  declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop', ...needs }));
  new ServiceLevelObjective(stack, 'Orders', { indicator: orders });
  return stack;
}

function other(scope: Construct, name: string, tier: Tier): void {
  declareService(new Stack(scope, name), new Service({ name, tier, owner: 'team' }));
}

const parties = (...slas: readonly (number | undefined)[]) =>
  slas.map((sla, index) => ({ name: 'abc'[index] ?? '', kind: HARD, ...(sla !== undefined && { sla }) }));

describe('an objective is refused when', () => {
  it('third parties promise less together, though each promises enough', () => {
    const { path, problem, fix } = refusal(() =>
      shop(new App(), { thirdParties: parties(0.9996, 0.9996, 0.9996) }),
    );
    expect(path).toBe('Shop/Orders');
    expect(problem).toContain('a 99.96 % × b 99.96 % × c 99.96 % = 99.88 %');
    expect(fix).toMatch(/^lower the objective to 99.88 % or less, or do without one of them/);
  });

  it('one of them promises less', () => {
    expect(refusal(() => shop(new App(), { thirdParties: parties(0.999) })).problem).toBe(
      '99.95 % is more than a promises (99.9 %), without which the service does not work',
    );
  });

  it('a service of the app promises less, also one that is declared later', () => {
    const app = new App();
    const stack = shop(app, { dependsOn: [{ service: 'prices', kind: HARD }] });
    other(app, 'prices', 3);
    expect(() => Template.fromStack(stack)).toThrow(
      /Shop\/Orders\] 99.95 % is more than prices promises \(99.5 %\).*\n {2}fix: lower the objective to 99.5 % or less, or do without prices/,
    );
  });

  it('a service that is declared in several places promises less in one of them', () => {
    const app = new App();
    other(app, 'prices', 1);
    declareService(new Stack(app, 'There'), new Service({ name: 'prices', tier: 3, owner: 'team' }));
    const stack = shop(app, { dependsOn: [{ service: 'prices', kind: HARD }] });
    expect(() => Template.fromStack(stack)).toThrow(/more than prices promises \(99.5 %\)/);
  });

  it('services and third parties promise less together', () => {
    const app = new App();
    other(app, 'prices', 1);
    const needs = { dependsOn: [{ service: 'prices', kind: HARD }], thirdParties: parties(0.9999) };
    const stack = shop(app, needs);
    expect(() => Template.fromStack(stack)).toThrow('prices 99.95 % × a 99.99 % = 99.94 %');
  });
});

describe('an objective is taken when', () => {
  it.each<[string, Partial<ServiceProps>, Tier]>([
    ['the other service is as critical', { dependsOn: [{ service: 'prices', kind: HARD }] }, 1],
    ['the service serves on without it', { dependsOn: [{ service: 'prices', kind: SOFT }] }, 3],
    ['the app does not declare it', { dependsOn: [{ service: 'elsewhere', kind: HARD }] }, 3],
  ])('%s', (_, needs, tier) => {
    const app = new App();
    other(app, 'prices', tier);
    expect(() => Template.fromStack(shop(app, needs))).not.toThrow();
  });

  it('a service of that name is less critical in another stage', () => {
    const app = new App();
    other(new Stage(app, 'Dev'), 'prices', 3);
    const prod = new Stage(app, 'Prod');
    other(prod, 'prices', 1);
    const stack = shop(prod, { dependsOn: [{ service: 'prices', kind: HARD }] });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

it('warns of a third party that promises nothing', () => {
  const stack = shop(new App(), { thirdParties: parties(undefined) });
  const quiet = shop(new App(), { thirdParties: [{ name: 'a', kind: SOFT }] });
  expect(Annotations.fromStack(quiet).findWarning('*', Match.anyValue())).toEqual([]);
  const [warning] = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  expect(warning?.id).toBe('/Shop/Orders');
  expect(String(warning?.entry.data)).toMatch(/^a promises nothing, and shop does not work without it/);
});

describe('a service that the app does not declare', () => {
  const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue());

  it('is warned of: what it promises is not known', () => {
    const stack = shop(new App(), { dependsOn: [{ service: 'ledger', kind: HARD }] });
    const [warning, ...others] = warnings(stack);
    expect(others).toEqual([]);
    expect(warning?.id).toBe('/Shop/Orders');
    expect(String(warning?.entry.data)).toMatch(
      /^ledger is not declared in the code of this app, and shop does not work without it: whether 99.95 % can be kept is not known here. Where nines.config.yaml declares it, rule X-51 compares both: .*\[ack: cdk-nines:no-objective-of-ledger\]$/,
    );
  });

  it('is none where it is declared later, or shop serves on without it', () => {
    const app = new App();
    const stack = shop(app, {
      dependsOn: [
        { service: 'prices', kind: HARD },
        { service: 'ledger', kind: SOFT },
      ],
    });
    other(app, 'prices', 1);
    expect(warnings(stack)).toEqual([]);
  });

  it('is one where another stage alone declares it', () => {
    const app = new App();
    other(new Stage(app, 'Dev'), 'prices', 1);
    const stack = shop(new Stage(app, 'Prod'), { dependsOn: [{ service: 'prices', kind: HARD }] });
    expect(warnings(stack)).toHaveLength(1);
  });
});
