import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { parseIncidents } from '../../lib/records/incidents';

const text = `
schema: nines.incidents/1
incidents:
  - id: INC-42
    from: '2026-11-03T10:02:00Z'
    until: '2026-11-03T11:48:00+01:00'
    service: shop
    alarms: [shop-errors]
  - { id: INC-43, from: '2026-11-05T10:02:00Z', until: '2026-11-05T10:02:00Z' }
acknowledged:
  - { alarm: shop-errors, at: '2026-11-03T10:06:00Z' }
`;

test('incidents are read as they are written down', () => {
  const at = (time: string) => Date.parse(time) / 1_000;
  expect(parseIncidents(text, 'incidents.yaml')).toEqual({
    incidents: [
      {
        id: 'INC-42',
        from: at('2026-11-03T10:02:00Z'),
        until: at('2026-11-03T10:48:00Z'),
        service: 'shop',
        alarms: ['shop-errors'],
      },
      { id: 'INC-43', from: at('2026-11-05T10:02:00Z'), until: at('2026-11-05T10:02:00Z') },
    ],
    acknowledged: [{ alarm: 'shop-errors', at: at('2026-11-03T10:06:00Z') }],
  });
});

const twice = (other: string) => `
incidents:
  - { id: INC-1, from: '2026-11-03T10:02:00Z', until: '2026-11-03T11:02:00Z', service: shop, alarms: [a, b] }
  - { id: INC-1, ${other} }
`;

test('an incident that is written twice counts once, and is told', () => {
  const told: string[] = [];
  const again =
    "from: '2026-11-03T11:02:00+01:00', until: '2026-11-03T11:02:00Z', service: shop, alarms: [b, a]";
  const { incidents } = parseIncidents(twice(again), 'incidents.yaml', (words) => told.push(words));
  expect(incidents.map(({ id }) => id)).toEqual(['INC-1']);
  expect(told).toEqual(['incidents.yaml:4:5: incident INC-1 is written on line 3 already, and counts once']);
});

test.each([
  ['time', "from: '2026-11-03T10:03:00Z', until: '2026-11-03T11:02:00Z', service: shop, alarms: [a, b]"],
  ['service', "from: '2026-11-03T10:02:00Z', until: '2026-11-03T11:02:00Z', service: cart, alarms: [a, b]"],
  ['list of alarms', "from: '2026-11-03T10:02:00Z', until: '2026-11-03T11:02:00Z', service: shop"],
])('fails when one id names an incident of another %s', (_, other) => {
  expect(() => parseIncidents(twice(other), 'incidents.yaml')).toThrow(
    'incidents.yaml:4:5: incident INC-1 is written on line 3 with other content',
  );
});

test('the schema takes what is read', () => {
  const schema = JSON.parse(readFileSync('schemas/incidents-1.schema.json', 'utf8'));
  const validate = new Ajv({ strict: true, formats: { 'date-time': true } }).compile(schema);
  expect(validate(parse(text)) || validate.errors).toBe(true);
});

test.each<[string, string, string]>([
  ['a key is none', 'incidents: []\nalarms: []', 'the file has an unknown key alarms'],
  [
    'an incident has no id',
    "incidents: [{ from: '2026-11-03T10:02:00Z', until: '2026-11-03T10:02:00Z' }]",
    'id is no text',
  ],
  ['an incident has no end', "incidents: [{ id: a, from: '2026-11-03T10:02:00Z' }]", 'until is no text'],
  ['incidents are no list', 'incidents: none', 'incidents is no list'],
  [
    'a page has no alarm',
    "incidents: []\nacknowledged: [{ at: '2026-11-03T10:02:00Z' }]",
    'alarm is no text',
  ],
])('fails when %s', (_, wrong, message) => {
  expect(() => parseIncidents(wrong, 'incidents.yaml')).toThrow(message);
});
