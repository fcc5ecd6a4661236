import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { CATALOGUE_SCHEMA } from '../../lib/objectives/catalogue';
import { readCatalogue } from '../../lib/objectives/catalogue-reader';
import { type CatalogueWindow, catalogueWindow } from '../../lib/objectives/catalogue-window';
import { everyRecurrence, windowOf } from '../calculus/windows/windows';

const schema = JSON.parse(readFileSync(`${__dirname}/../../schemas/catalogue-1.schema.json`, 'utf8'));
const validate = new Ajv2020({ formats: { date: true } }).compile(schema);

const full = catalogueWindow(
  windowOf({ timeZone: 'Europe/Berlin', approver: 'head of retail', lastDay: '2027-06-30' }),
  ['shop'],
);
const withWindow = (window: unknown) => ({ schema: CATALOGUE_SCHEMA, services: [], windows: [window] });

describe('a window in the catalogue', () => {
  it.each(Object.entries(everyRecurrence('America/New_York')))('is read, %s', (_, window) => {
    const catalogue = withWindow(catalogueWindow(window, undefined));
    expect(readCatalogue(JSON.parse(JSON.stringify(catalogue)))).toEqual({ catalogue });
    expect(validate(catalogue) ? [] : validate.errors).toEqual([]);
  });

  it('names the services that it is for, else those that are known', () => {
    expect(full.appliesTo).toEqual(['shop']);
    expect(catalogueWindow(windowOf({ appliesTo: ['stock'] }), ['shop']).appliesTo).toEqual(['stock']);
    expect(catalogueWindow(windowOf(), undefined)).not.toHaveProperty('appliesTo');
  });

  const wrong: Readonly<Record<string, Partial<Record<keyof CatalogueWindow, unknown>>>> = {
    'has no reason': { reason: undefined },
    'has another kind': { kind: 'holiday' },
    'has an id with capitals': { id: 'Patching' },
    'has a start with a zone': { start: '2026-12-06T04:00Z' },
    'lasts for no time': { durationSeconds: 0 },
    'lasts for seconds': { durationSeconds: 61 },
    'comes every day': { recurrence: { every: 'day' } },
    'comes on a day that is none': { recurrence: { every: 'week', weekdays: ['SO'] } },
    'comes on the fifth weekday': { recurrence: { every: 'month', weekdays: ['SUN'], nth: 5 } },
    'is for services that are no texts': { appliesTo: [1] },
  };
  it.each(Object.entries(wrong))('is refused by reader and schema where it %s', (_, change) => {
    const catalogue = JSON.parse(JSON.stringify(withWindow({ ...full, ...change })));
    expect(readCatalogue(catalogue)).toEqual({ problem: expect.stringContaining('catalogue.windows[0]') });
    expect(validate(catalogue)).toBe(false);
  });

  it('is refused by the reader where no schema can tell', () => {
    const lost = withWindow({ ...full, timeZone: 'Europe/Bonn' });
    expect(readCatalogue(lost)).toEqual({
      problem: 'catalogue.windows[0]: timeZone is "Europe/Bonn", which is none that is known',
    });
  });
});
