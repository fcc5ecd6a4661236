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
