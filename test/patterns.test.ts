import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import permissions from '../docs/patterns/deploy-permissions.json';
import * as library from '../lib';
import { expectFresh, ROOT } from './support/fresh';
import { allPatterns } from './support/pattern';
import {
  factsOf,
  HEADINGS,
  kebab,
  minimalUse,
  renderDecisions,
  renderPermissions,
  renderTiers,
  renderUse,
  withGenerated,
} from './support/pattern-docs';

/** Constructs that are no pattern, with the reason. */
const NO_PATTERN: Readonly<Record<string, string>> = {
  CacheAccess: 'ReplicatedCache makes it',
  MemoryDbAccess: 'DurableCache makes it',
  RegionStack: 'RegionSet makes it',
};

const patterns = allPatterns();

const constructs = Object.entries<unknown>(library)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
  .map(([name]) => name);

it('there is a pattern for every construct, and each pattern is of something that the library shows', () => {
  const named = patterns.map(({ construct }) => construct);
  const missing = constructs.filter((name) => !named.includes(name) && !(name in NO_PATTERN));
  expect({ missing, unknown: named.filter((name) => !(name in library)) }).toEqual({
    missing: [],
    unknown: [],
  });
});

it('there is a page for every pattern and no other', () => {
  const pages = readdirSync(join(ROOT, 'docs', 'patterns')).filter((file) => file.endsWith('.md'));
  const expected = patterns.map(({ construct }) => `${kebab(construct)}.md`);
  expect(pages.filter((page) => page !== 'README.md').sort()).toEqual([...expected].sort());
});

describe.each(patterns.map((pattern) => [pattern.construct, pattern] as const))(
  '%s',
  (construct, pattern) => {
    const page = `docs/patterns/${kebab(construct)}.md`;

    it('is used in at most six lines', () => {
      const lines = minimalUse(pattern).filter((line) => line.trim() !== '');
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(6);
    });

    it('is tried with options at random', () => {
      const { options, buildWith, buildAppWith } = pattern;
      expect([typeof options, typeof (buildWith ?? buildAppWith)]).toEqual(['object', 'function']);
    });

    it('has a page with every heading, none of them empty', () => {
      const text = existsSync(join(ROOT, page)) ? readFileSync(join(ROOT, page), 'utf8') : '';
      const sections = text.split(/^## /m).slice(1);
      const filled = sections.filter((section) => section.split('\n').slice(1).join('').trim() !== '');
      const headings = filled.map((section) => section.split('\n')[0] ?? '');
      expect(headings.filter((heading) => HEADINGS.includes(heading))).toEqual(HEADINGS);
    });
  },
);

describe('the generated parts of the docs', () => {
  const facts = patterns.map((pattern) => factsOf(pattern));

  it.each(facts.map((each) => [each.pattern.construct, each] as const))(
    'have of %s either what the tier decides or why it decides nothing',
    (_, { rows, pattern: { tierDecidesNothing } }) => {
      expect(rows.length > 0).toBe(tierDecidesNothing === undefined);
      expect(tierDecidesNothing ?? 'a reason of five words').toMatch(/^[a-z](\S* ){4,}\S*[^.]$/);
      expect(
        rows.filter(({ because }) => because.every((each) => each === '')).map(({ what }) => what),
      ).toEqual([]);
    },
  );

  it('say what every tier decides', () => expectFresh('docs/tiers.md', renderTiers(facts)));

  it.each(facts.map((each) => [each.pattern.construct, each] as const))(
    'are fresh for %s',
    (construct, each) => {
      const page = `docs/patterns/${kebab(construct)}.md`;
      const text = readFileSync(join(ROOT, page), 'utf8');
      expectFresh(
        page,
        withGenerated(text, {
          use: renderUse(each.pattern),
          decisions: renderDecisions(each),
          permissions: renderPermissions(each, permissions),
        }),
      );
    },
  );

  it('know the permissions for every type that a pattern makes', () => {
    const known = new Set(Object.keys(permissions));
    const types = new Set(facts.flatMap((each) => each.types));
    expect([...types].filter((type) => !known.has(type)).sort()).toEqual([]);
  });
});
