import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { ASSUMED_UNAVAILABILITY } from '../../lib/calculus/likelihood';
import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';

function withService(more: string): string {
  const lines = more.split('\n').map((line) => `    ${line}\n`);
  return `services:\n  - name: shop\n    tier: 1\n    stacks: ["*"]\n${lines.join('')}`;
}

function refusal(text: string): string {
  try {
    parseConfig(text, 'nines.config.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
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
    ['slo: 99.99', /:5:10: slo is 99\.99; fix: write a fraction from 0 to 1/],
    ['slo: high', /slo is high/],
    ['dependsOn: prices', /dependsOn is no list/],
    ['dependsOn: [{ kind: hard }]', /a dependency has no service; fix: add service/],
    ['dependsOn: [{ service: prices, kind: firm }]', /firm is no kind; fix: write (hard|soft|one of)/],
    ['thirdParties: [{ sla: 0.9 }]', /a third party has no name/],
    ['thirdParties: [{ name: cards, sla: -1 }]', /sla is -1/],
    ['thirdParties: [{ name: cards, sLa: 1 }]', /unknown key sLa/],
  ])('is refused where it says %s', (more, message) => {
    expect(refusal(withService(more))).toMatch(message);
    expect(described(parse(withService(more)))).toBe(false);
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

  it.each([
    ['assumptions: { zones: 0.1 }', /assumptions has an unknown key zones/],
    ['assumptions: { zone: 2 }', /zone is 2; fix: write a fraction/],
  ])('are refused: %s', (text, message) => {
    expect(refusal(text)).toMatch(message);
    expect(described(parse(text))).toBe(false);
  });
});
