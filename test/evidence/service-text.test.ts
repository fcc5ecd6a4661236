import { serviceText } from '../../lib/evidence/service-text';
import type { CatalogueService } from '../../lib/objectives/catalogue';
import { assessed } from '../support/assess';

const assessment = assessed({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } } });

/** What the stack of a region says of its service. */
function inRegion(region: string, values: Readonly<Record<string, number>>) {
  const decisions = Object.entries(values).map(([what, value]) => ({
    what,
    value,
    because: 'the tier',
    source: 'a page',
  }));
  return { region, service: { owner: 'payments', decisions } as unknown as CatalogueService };
}

test('a value that differs between regions is named with those that have it, and any other stands once', () => {
  const text = [
    ...serviceText({
      assessment,
      catalogues: [
        inRegion('eu-west-1', { 'Web.minTasks': 6, 'Dns.ttl': 60 }),
        inRegion('eu-north-1', { 'Web.minTasks': 12, 'Dns.ttl': 60 }),
        inRegion('eu-central-1', { 'Web.minTasks': 6, 'Dns.ttl': 60 }),
      ],
    }),
  ].join('');
  expect(text).toContain(
    `  decided
    Web.minTasks = 6 in eu-west-1, eu-central-1: the tier (a page)
    Dns.ttl = 60: the tier (a page)
    Web.minTasks = 12 in eu-north-1: the tier (a page)

`,
  );
});
