import fc from 'fast-check';
import { runbookOfTag, runbookTag } from '../../lib/objectives/runbook-tag';

it.each([
  ['runbooks/shop.md', 'runbooks/shop.md'],
  ['https://wiki.example.com/shop', 'https://wiki.example.com/shop'],
  [
    'https://example.atlassian.net/wiki/spaces/SRE/pages/42/Shop?focus=7&x=1#Total%20outage',
    'https://example.atlassian.net/wiki/spaces/SRE/pages/42/Shop=3Ffocus=7=26x=1=23Total=2520outage',
  ],
  ['https://example.com/?id=12', 'https://example.com/=3Fid=3D12'],
  ['https://example.com/?=', 'https://example.com/=3F='],
  ['https://example.com/a=3F', 'https://example.com/a=3D3F'],
  ['https://example.com/(é)', 'https://example.com/=28é=29'],
])('%s is the tag %s', (runbook, tag) => {
  expect(runbookTag(runbook)).toBe(tag);
  expect(runbookOfTag(tag)).toBe(runbook);
});

it('is a value that tags take, and the same again when it is decoded once', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
      ),
      (runbook) => {
        const tag = runbookTag(runbook);
        if (tag === undefined) return expect(runbook.length).toBeGreaterThan(20);
        expect(tag).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
        expect(runbookOfTag(tag)).toBe(runbook);
      },
    ),
  );
});

it('is none where it is too long', () =>
  expect(runbookTag(`https://example.com/${'?'.repeat(80)}`)).toBeUndefined());
