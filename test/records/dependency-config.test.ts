import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { ASSUMED_UNAVAILABILITY } from '../../lib/calculus/likelihood';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';
import { configRefusal } from '../support/config-refusal';

function withService(more: string): string {
  const lines = more.split('\n').map((line) => `    ${line}\n`);
  return `services:\n  - name: shop\n    tier: 1\n    stacks: ["*"]\n${lines.join('')}`;
}

const described = new Ajv2020({ strict: false }).compile(schema);

describe('what a service of the configuration owes and needs', () => {
  it('is read, hard where nobody says', () => {
    const text = withService(
      'slo: 0.9999\ndependsOn:\n  - service: prices\n  - { service: search, kind: soft }\n' +
        'thirdParties:\n  - { name: cards, sla: 0.999, statusPage: "https://status.example.com" }\n  - { name: mail, kind: soft }',
    );
    expect(described(parse(text))).toBe(true);
    expect(parseConfig(text, 'nines.config.yaml').services[0]).toMatchObject({
      slo: 0.9999,
      dependsOn: [
        { service: 'prices', kind: 'hard' },
        { service: 'search', kind: 'soft' },
      ],
      thirdParties: [
        { name: 'cards', kind: 'hard', sla: 0.999, statusPage: 'https://status.example.com' },
        { name: 'mail', kind: 'soft' },
      ],
    });
  });

  it.each([
    ['slo: 99.99', /:5:10: slo is 99\.99, a percentage; fix: write a fraction: 0\.9999/],
    ['slo: 99.9%', /slo is 99\.9%, a percentage; fix: write a fraction: 0\.999$/],
    ['slo: 99', /slo is 99, a percentage; fix: write a fraction: 0\.99$/],
    ['slo: 100', /slo is 100, a percentage, and nothing is available all of the time/],
    ['slo: 1', /slo is 1, and nothing is available all of the time; fix: write .* 0\.9999/],
    ['slo: 0', /slo is 0, which is never available; fix: write .* 0\.999/],
    ['slo: 0.001', /slo is 0\.001, .*unavailable; fix: write 0\.999/],
    ['slo: -0.999', /slo is -0\.999, less than nothing; fix: write .* 0\.999/],
    ['slo: 250', /slo is 250, more than all of the time; fix: write .* 0\.999/],
    ['slo: high', /slo is high, no number; fix: write a fraction/],
    ['slo: .nan', /slo is NaN, no number/],
    ['dependsOn: prices', /dependsOn is no list/],
    ['dependsOn: [{ kind: hard }]', /a dependency has no service; fix: add service/],
    ['dependsOn: [{ service: prices, kind: firm }]', /firm is no kind; fix: write (hard|soft|one of)/],
    ['thirdParties: [{ sla: 0.9 }]', /a third party has no name/],
    ['thirdParties: [{ name: cards, sla: -1 }]', /sla is -1, less than nothing/],
    [
      'thirdParties: [{ name: cards, sla: 0 }]',
      /sla is 0, .*; fix: leave sla away where the contract promises nothing/,
    ],
    [
      'thirdParties: [{ name: cards, sla: 99.9 }]',
      /sla is 99\.9, a percentage; fix: write a fraction: 0\.999/,
    ],
    ['thirdParties: [{ name: cards, sla: 0.0001 }]', /sla is 0\.0001, .*unavailable; fix: write 0\.9999/],
    ['thirdParties: [{ name: cards, sLa: 1 }]', /unknown key sLa/],
  ])('is refused where it says %s', (more, message) => {
    expect(configRefusal(withService(more))).toMatch(message);
    expect(described(parse(withService(more)))).toBe(false);
  });
});

describe('a third party', () => {
  it('may promise all of the time', () => {
    const text = withService('thirdParties: [{ name: dns, sla: 1 }]');
    expect(described(parse(text))).toBe(true);
    expect(parseConfig(text, 'nines.config.yaml').services[0]?.thirdParties?.[0]?.sla).toBe(1);
  });
});

describe('the contract with a third party', () => {
  const withContract = (contract: string) =>
    withService(`thirdParties:\n  - name: cards\n    sla: 0.999\n    contract: ${contract}`);

  it('says what is given back, when it is looked at again, and how to leave', () => {
    const text = withContract(
      '{ credits: [{ below: 0.999, percent: 10 }, { below: 0.99, percent: 30 }], reviewBy: 2027-03-31, exitPlan: docs/exit.md }',
    );
    expect(described(parse(text))).toBe(true);
    expect(parseConfig(text, 'nines.config.yaml').services[0]?.thirdParties?.[0]?.contract).toEqual({
      credits: [
        { below: 0.999, percent: 10 },
        { below: 0.99, percent: 30 },
      ],
      reviewBy: '2027-03-31',
      exitPlan: 'docs/exit.md',
    });
  });

  it('may say nothing', () => {
    expect(described(parse(withContract('{}')))).toBe(true);
    expect(parseConfig(withContract('{}'), 'x').services[0]?.thirdParties?.[0]?.contract).toEqual({});
  });

  it.each([
    ['{ penalty: 10 }', /:8:21: contract has an unknown key penalty/],
    ['{ credits: 10 }', /credits is no list/],
    ['{ credits: [{ percent: 10 }] }', /:8:31: a credit has no below; fix: add below/],
    ['{ credits: [{ below: 0.99 }] }', /a credit has no percent; fix: add percent/],
    ['{ credits: [{ below: 99.9, percent: 10 }] }', /below is 99\.9, a percentage; fix: .*0\.999/],
    ['{ credits: [{ below: 0.99, percent: 0 }] }', /:8:55: percent is 0; fix: .* more than 0, 100 at most/],
    ['{ credits: [{ below: 0.99, percent: all }] }', /percent is all; fix/],
    ['{ reviewBy: in spring }', /:8:31: reviewBy is in spring, no day; fix: write a day as YYYY-MM-DD/],
    ['{ exitPlan: "" }', /exitPlan/],
  ])('is refused where it says %s', (contract, message) => {
    expect(configRefusal(withContract(contract))).toMatch(message);
    expect(described(parse(withContract(contract)))).toBe(false);
  });

  it.each([
    ['2027-02-30', /reviewBy is 2027-02-30, no day/],
    ['[{ below: 0.9999, percent: 10 }]', /:8:31: cards gives credit below 0\.9999, and promises 0\.999 only/],
    [
      '[{ below: 0.99, percent: 30 }, { below: 0.95, percent: 10 }]',
      /:8:61: cards gives 10 per cent back below 0\.95, and more where it keeps more/,
    ],
    [
      '[{ below: 0.99, percent: 10 }, { below: 0.99, percent: 20 }]',
      /:8:61: cards gives credit below 0\.99 twice/,
    ],
  ])('is refused for what a schema cannot say: %s', (value, message) => {
    const key = value.startsWith('[') ? 'credits' : 'reviewBy';
    expect(configRefusal(withContract(`{ ${key}: ${value} }`))).toMatch(message);
  });
});

describe('assumptions', () => {
  it('replace ours by name', () => {
    const text = `assumptions:\n${Object.keys(ASSUMED_UNAVAILABILITY)
      .map((name) => `  ${name}: 0.002\n`)
      .join('')}`;
    expect(described(parse(text))).toBe(true);
    expect(parseConfig(text, 'nines.config.yaml').assumptions).toEqual(
      Object.fromEntries(Object.keys(ASSUMED_UNAVAILABILITY).map((name) => [name, 0.002])),
    );
  });

  it('say how long an outage lasts', () => {
    const text = 'assumptions: { repairHours: 0.5 }';
    expect(described(parse(text))).toBe(true);
    expect(parseConfig(text, 'nines.config.yaml').assumptions).toEqual({ repairHours: 0.5 });
  });

  it.each([
    ['assumptions: { repairHours: 0 }', /:1:29: repairHours is 0; fix: write hours, from 0\.017/],
    ['assumptions: { repairHours: 3600 }', /repairHours is 3600; fix: write hours/],
    ['assumptions: { repairHours: an hour }', /repairHours is an hour; fix: write hours/],
    ['assumptions: { zones: 0.1 }', /assumptions has an unknown key zones/],
    ['assumptions: { zone: 2 }', /zone is 2, more than all of the time; fix: .*0\.0001/],
    ['assumptions: { zone: -0.1 }', /zone is -0\.1, less than nothing; fix: .*0\.0001/],
    ['assumptions: { zone: 0.01% }', /zone is 0\.01%, a percentage; fix: write a fraction: 0\.0001$/],
    ['assumptions: { zone: often }', /zone is often, no number; fix: /],
    [
      'assumptions: { zone: 0.9999 }',
      /:1:22: zone is 0\.9999 of the time UNavailable: 365 days a year; fix: write 0\.0001 for what is available 99\.99 % of the time \(unavailable 52\.6 min a year\)/,
    ],
    [
      'assumptions: { region: 99.999 }',
      /region is 99\.999, a percentage; fix: write 0\.00001 for .* 99\.999 %/,
    ],
    [
      'assumptions: { software: 0.2 }',
      /software is 0\.2 of the time UNavailable: 73 days a year; fix: write at most 0\.1/,
    ],
    [
      'assumptions: { switchOnDemand: 0.99 }',
      /switchOnDemand is 0\.99: .* 99 of 100 times; fix: write 0\.01 for .* 99 of 100/,
    ],
  ])('are refused: %s', (text, message) => {
    expect(configRefusal(text)).toMatch(message);
    expect(described(parse(text))).toBe(false);
  });
});
