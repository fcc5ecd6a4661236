import { createHash } from 'node:crypto';
import type { AssessedService } from '../../../lib/assessment/assessed-service';
import type { Assessment } from '../../../lib/assessment/assessment';
import { bestRemedy, remediesOf } from '../../../lib/assessment/remedies';
import type { AcceptedNow } from '../../../lib/audit/accepted-now';
import { audit } from '../../../lib/audit/engine';
import { RULES } from '../../../lib/audit/rules';
import { COLOURS, DARK_COLOURS } from '../../../lib/evidence/html/style';
import { PICTURE_DARK, PICTURE_LIGHT } from '../../../lib/evidence/picture/colours';
import { report } from '../../../lib/evidence/report';
import { amount, MINUTES_A_YEAR, minutes } from '../../../lib/evidence/report/figures';
import type { CatalogueServiceLevel } from '../../../lib/objectives/catalogue';
import type { Acknowledgement, Incident } from '../../../lib/objectives/incident';
import type { RiskAcceptanceRecord } from '../../../lib/objectives/risk-acceptance';
import { COUNTED_AS_RISK, FIGURE_TITLES, ServiceFigure } from '../../../lib/objectives/service-figures';
import type { TestApp } from '../../support/graph';
import { assessedApp, HOSTILE, hostileApp, ONE_REGION, withRecovery } from '../assessed-app';
import { evidence, exception, rules } from '../fixtures';
import { contrast, pageProblems } from '../html-page';

function pageOf(app: TestApp, change: (assessment: Assessment) => Assessment = (same) => same): string {
  const { graph, assessment } = assessedApp(app);
  const result = audit([graph], { rules: RULES });
  const given = evidence([], { result, rules: RULES, register: [exception] });
  return [...report({ audit: given, assessment: change(assessment) })].join('');
}

const ENDLESS = {
  rtoSeconds: Number.POSITIVE_INFINITY,
  rtoTerms: [],
  rpoSeconds: Number.POSITIVE_INFINITY,
  rpoTerms: [],
  meets: false,
  because: 'nothing brings it back',
};

const page = pageOf(ONE_REGION);

/** The text of one service, from a heading of it to the next. */
function partOf(html: string, id: string): string {
  const start = html.indexOf(`id="service-1-${id}"`);
  const end = html.indexOf('<h3', start + 1);
  return wordsOf(html.slice(start, end < 0 ? undefined : end));
}

function wordsOf(html: string): string {
  return html
    .replace(/^[^>]*>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
}

describe('the report', () => {
  it.each([
    ['an app', page],
    ['an app without anything', pageOf({ Resources: {} })],
    ['hostile texts', pageOf(hostileApp())],
    ['no way back', pageOf(ONE_REGION, (given) => withRecovery(given, ENDLESS))],
  ])('is well formed and can be read aloud with %s', (_, html) => {
    expect(pageProblems(html)).toEqual([]);
  });

  it('is the same for the same input', () => expect(pageOf(ONE_REGION)).toBe(page));

  it('loads nothing, and runs its own script only', () => {
    expect(page).not.toMatch(/<link|@import|url\(|<iframe|<object|<base|<image|<use|xlink/);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toMatch(/^default-src 'none'; /);
    for (const tag of ['style', 'script']) {
      const [, content = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      const hash = createHash('sha256').update(content).digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
  });

  it('cannot be broken by what templates say', () => {
    const html = pageOf(hostileApp(), (given) =>
      withRecovery(given, {
        because: HOSTILE,
        meets: false,
        rtoTerms: [{ what: HOSTILE, seconds: 1, source: HOSTILE }],
      }),
    );
    for (const part of ['\u001b', '\u202e', '\u2028', '<script>alert', '<img', '<!--', '</title></text>'])
      expect(html).not.toContain(part);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).not.toMatch(/href="(?!#|https:\/\/)/);
    expect(html).not.toContain('href="https://evil');
  });

  it('tells of a service what it owes, what it reaches, and what is missing', () => {
    const [, card = ''] = /<section id="scorecard"([\s\S]*?)<\/section>/.exec(page) ?? [];
    const text = wordsOf(card);
    expect(text).toMatch(/app tier 1, business critical \(assumed\) ✗ not met 99\.95\d* %/);
    expect(text).toMatch(/Availability: down too long a year, by [\d,.]+ min/);
  });

  it('ranks what stops the service alone, with the finding that mends it', () => {
    const text = partOf(page, 'spof');
    expect(text).toMatch(/What buys most: Shop\/Db: .*\( RDS-\d+ \)/);
    expect(page).toMatch(/<a href="#s1-RDS-\d+-[a-z]+">RDS-\d+<\/a>/);
  });

  it('says what is left with the fix, from the model solved again', () => {
    const { assessment } = assessedApp(ONE_REGION);
    const best = bestRemedy(remediesOf(assessment.services[0]!.availability));
    const minutesOf = (share = 0) => minutes(share * MINUTES_A_YEAR);
    const text = partOf(page, 'spof');
    expect(text).toMatch(new RegExp(`Down a year: ${minutesOf(best?.before)} Unavailable`));
    expect(text).toContain(
      `→ ${minutesOf(best?.after)} The fault tree solved again with a second one beside it`,
    );
  });

  it('shows how the result moves with what is only assumed', () => {
    expect(partOf(page, 'given')).toMatch(/loss of one zone 0\.0001\d* assumed, as of 2026-11 9\d\.\d+ %/);
  });
});

describe('recovery in the report', () => {
  const terms = [
    { what: 'three missed checks', seconds: 30, source: 'https://docs.aws.amazon.com/r53' },
    { what: 'time to live', seconds: 60, source: 'assumed' },
  ];
  const html = pageOf(ONE_REGION, (given) =>
    withRecovery(given, { rtoSeconds: 90, rtoTerms: terms, rpoSeconds: 0, rpoTerms: [], meets: true }),
  );

  it('is a bar of its terms against the objective', () => {
    const [, bar = ''] = /<svg class="objective"[^>]*>([\s\S]*?)<\/svg>/.exec(html) ?? [];
    expect(bar.match(/class="bar-part bar-part-/g)).toHaveLength(2);
    expect(bar).toContain('class="bar-owed"');
  });

  it('opens to its terms with their sources', () => {
    expect(partOf(html, 'recovery')).toMatch(/Back after 90 s three missed checks: 30 s; source: docs\.aws/);
    expect(html).toContain('<a class="source" href="https://docs.aws.amazon.com/r53" rel="noreferrer">');
  });

  it('says in words where it has no end', () => {
    const text = partOf(
      pageOf(ONE_REGION, (given) => withRecovery(given, ENDLESS)),
      'recovery',
    );
    expect(text).toMatch(/✗ not as owed Back after never nothing brings it back/);
    expect(text).toMatch(/Loses all data/);
    expect(text).toContain('no end');
  });
});

describe('a loss in the report', () => {
  const losses = partOf(page, 'picture');

  it('is told in a table, without a script', () => {
    expect(losses).toMatch(/zone eu-west-1a ✗ stops \S+ \S+ .* Db Front, Workers \(2 of 4\)/);
    expect(losses).toMatch(/zone eu-west-1b ✓ serves it goes on nothing Front, Workers \(2 of 4\)/);
    expect(losses).toMatch(/region eu-west-1 ✗ stops .*Front.*Workers/);
  });

  it('has a button that a script shows', () => {
    const [button = ''] = /<button[^>]*>zone eu-west-1a<\/button>/.exec(page) ?? [];
    expect(button).toContain('data-stops="yes"');
    expect(button).toMatch(
      /data-said="Without zone eu-west-1a the service stops\. [^"]*Left: 2 of 3 components\."/,
    );
    expect(page).toMatch(/<div class="lose" [^>]*hidden/);
  });

  it('marks only what is in the pictures', () => {
    const keys = [...page.matchAll(/data-key="([^"]*)"/g)].map(([, key]) => key);
    const places = [...page.matchAll(/data-(?:place|lose)="([^"]*)"/g)].map(([, key]) => key);
    expect(keys.length).toBe(3);
    expect(places.filter((place) => !keys.includes(place))).toEqual([]);
  });
});

describe('every figure of a service', () => {
  const [, service = ''] = /<section id="service-1"([\s\S]*?)<\/section>/.exec(page) ?? [];

  it('opens, or leads to what opens: none stands alone', () => {
    const capacity = /<h3 id="service-1-capacity">[\s\S]*?(?=<h3)/;
    const given = /What the app does not show, and was taken as given[\s\S]*?<\/table>/;
    const bare = leaves(service)
      .replace(capacity, '')
      .replace(given, '')
      // Why something is not as owed, in the words of the assessment: its figures stand open above it.
      .replace(/<p class="because">[\s\S]*?<\/p>/g, '')
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<a [\s\S]*?<\/a>/g, '')
      .replace(/<button[\s\S]*?<\/button>/g, '');
    expect(wordsOf(bare).match(/.{40}[\d.,]+ (?:%|min\b|s\b|h\b|d\b)/g)).toBeNull();
  });

  it('opens to something that names a source, or leads to it', () => {
    const opened = [
      ...service.matchAll(
        /<details class="trace"><summary>([\s\S]*?)<\/summary><div>([\s\S]*?)<\/div><\/details>/g,
      ),
    ];
    expect(opened.length).toBeGreaterThan(20);
    const silent = opened.filter(
      ([, figure = '', made = '']) =>
        /\d/.test(figure) &&
        !/source|assumed|documented|Declared|href="#service-1-|fault tree|No data|Nothing has to/.test(made),
    );
    expect(silent.map(([, figure]) => figure)).toEqual([]);
  });

  it('ends in a row of the event with its terms, source, date and how far it may be trusted', () => {
    const links = [...service.matchAll(/href="#(service-1-e\d+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(10);
    for (const id of new Set(links)) {
      const [, row = ''] =
        new RegExp(`<tr>(?:(?!<tr>)[\\s\\S])*id="${id}"([\\s\\S]*?)</tr>`).exec(service) ?? [];
      expect(wordsOf(row)).toMatch(/(?:assumed|documented|secondary|unverified)(?:, as of \d{4}-\d{2})?/);
    }
  });
});

/** What stands in no element that opens. */
function leaves(html: string): string {
  let [text, before] = [html, ''];
  while (text !== before) {
    before = text;
    text = text.replace(/<details[^>]*>(?:(?!<details)[\s\S])*?<\/details>/g, '');
  }
  return text;
}

describe('the colours of pictures', () => {
  it.each([
    ['light', PICTURE_LIGHT, COLOURS],
    ['dark', PICTURE_DARK, DARK_COLOURS],
  ])('let words on them be read where it is %s', (_, areas, texts) => {
    const pairs = [
      ...(['region', 'zone', 'box', 'partA', 'partB', 'partC', 'bad'] as const).map(
        (area) => ['ink', area] as const,
      ),
      ...(['zone', 'box'] as const).map((area) => ['quiet', area] as const),
      ...(['bad', 'box'] as const).map((area) => ['error', area] as const),
      ['warning', 'box'] as const,
    ];
    const weak = pairs.filter(([text, area]) => contrast(texts[text], areas[area]) < 4.5);
    expect(weak).toEqual([]);
  });

  it('let lines be seen', () => {
    expect(contrast(PICTURE_LIGHT.edge, PICTURE_LIGHT.region)).toBeGreaterThan(3);
    expect(contrast(PICTURE_DARK.edge, PICTURE_DARK.region)).toBeGreaterThan(3);
  });
});

it('findings of a service are counted by severity', () => {
  const { assessment } = assessedApp(ONE_REGION);
  const given = evidence([], { rules });
  expect([...report({ audit: given, assessment })].join('')).toContain('0 errors');
});

describe('the figures to decide by', () => {
  const AT = Date.UTC(2026, 10, 23) / 1_000;
  const incident = (id: string, minutesAgo: number, took: number, service = 'shop'): Incident => ({
    id,
    from: AT - minutesAgo * 60,
    until: AT - minutesAgo * 60 + took,
    service,
  });

  /** The page of the shop, of which more is declared. */
  function decided(
    more: Partial<AssessedService> = {},
    incidents?: readonly Incident[],
    acknowledged: readonly Acknowledgement[] = [],
    accepted: readonly AcceptedNow[] = [],
  ) {
    const { graph, assessment } = assessedApp(ONE_REGION);
    const [first] = assessment.services;
    if (!first) throw new Error('no service');
    const service = { ...first.service, name: 'shop', declared: true, ...more };
    const result = audit([graph], { rules: RULES });
    const given = {
      ...evidence([], { result: { ...result, accepted }, rules: RULES }),
      at: new Date(AT * 1_000),
    };
    const html = [
      ...report({
        audit: given,
        assessment: { services: [{ ...first, service }] },
        ...(incidents && { incidents: { incidents, acknowledged } }),
      }),
    ].join('');
    expect(pageProblems(html)).toEqual([]);
    return { words: partOf(html, 'decided'), first };
  }

  it('are those of the dashboards, row by row', () => {
    const { words } = decided();
    const places = Object.values(ServiceFigure).map((figure) => words.indexOf(FIGURE_TITLES[figure]));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
  });

  it('say what nobody has said or recorded', () => {
    const { words } = decided();
    expect(words).toMatch(/Time to recover \(MTTR\)\s+None recorded\s+nobody named a file of incidents/);
    expect(words).toMatch(/Drills overdue\s+None recorded\s+none planned in the templates/);
    expect(words).toMatch(/Accepted risks that are open\s+None is accepted\./);
    expect(words).toMatch(/Cost of downtime\s+Nobody says what an hour costs/);
  });

  it('have the budgets of the objectives that alarms watch', () => {
    const level = { name: 'shop-availability', objective: '0.999', windowSeconds: 2_592_000 };
    const { words } = decided({ serviceLevels: [level as CatalogueServiceLevel] });
    expect(words).toContain('shop-availability: 43.2 min in 30 d');
  });

  it('tell how much of the budget is left, or by how much it is missed', () => {
    const { first } = decided();
    const { downtimeMinutesPerYear: down } = first.availability;
    const kept = decided({ slo: 1 - (2 * down) / MINUTES_A_YEAR });
    expect(kept.words).toMatch(/50 % left of a year at best/);
    const missed = decided({ slo: 1 - down / 2 / MINUTES_A_YEAR });
    expect(missed.words).toContain(`None left of a year, missed by ${minutes(down / 2)}`);
  });

  it('have median, p90 and n of the incidents of ninety days', () => {
    const days = 24 * 60;
    const { words } = decided({}, [
      ...Array.from({ length: 10 }, (_, index) =>
        incident(`${index}`, (index + 1) * days, (index + 1) * 600),
      ),
      incident('of another', days, 9_000, 'mail'),
      incident('too long ago', 91 * days, 9_000),
    ]);
    expect(words).toContain('Median 50 min, p90 1 h 30 min, n = 10');
    expect(words).not.toContain('too few');
    expect(decided({}, [incident('one', days, 60)]).words).toMatch(
      /Median 60 s, p90 60 s, n = 1.*too few to tell a trend/,
    );
    expect(decided({}, []).words).toContain('None recorded, n = 0');
  });

  it('have how long it took until somebody took an incident, where that is written down', () => {
    const day = 24 * 60;
    const all = [
      { ...incident('one', day, 3_600), alarms: ['Down'] },
      incident('two', 2 * day, 3_600),
      incident('nobody', 3 * day, 3_600),
    ];
    const at = (minutesAgo: number, alarm = 'Down') => ({ alarm, at: AT - minutesAgo * 60 });
    const acknowledged = [
      at(day - 5),
      at(day - 9),
      at(day - 1, 'Other'),
      at(2 * day - 20, 'Other'),
      at(2 * day + 1),
    ];
    const { words } = decided({}, all, acknowledged);
    expect(words).toContain('n = 3');
    expect(words).toMatch(/taken by somebody after:\s+Median 5 min, p90 20 min, n = 2/);
    expect(decided({}, all).words).not.toContain('taken by somebody');
  });

  it('count the risks that are accepted today, each once, with the next end, needed or not', () => {
    const weaker = (reason: string, expires: string) => ({
      what: 'dnsTtl',
      reason,
      expires,
      approver: 'head of shop',
    });
    const weakenings = [weaker('as it was', '2027-06-30'), weaker('long ago', '2026-11-22')];
    const record = (more: Partial<RiskAcceptanceRecord>): RiskAcceptanceRecord => ({
      rules: ['RDS-01'],
      scope: { service: 'shop' },
      reason: 'as it was',
      author: 'team-shop',
      owner: 'head of logistics',
      approver: 'head of payments',
      ticket: 'RISK-142',
      compensatingControl: 'a restore is rehearsed',
      created: '2026-11-01',
      expires: '2027-06-30',
      ...more,
    });
    const accepted = (answers: number, more: Partial<RiskAcceptanceRecord> = {}): AcceptedNow => {
      const of = record(more);
      return { reason: of.reason, expires: of.expires, answers, by: { record: of } };
    };
    const { words } = decided(
      { weakenings },
      undefined,
      [],
      [
        accepted(1),
        accepted(1, { reason: 'soon gone', expires: '2027-01-31' }),
        accepted(0, { reason: 'no longer needed' }),
        accepted(1, { reason: 'of another', scope: { service: 'mail' } }),
      ],
    );
    expect(words).toContain('3 accepted, the next ends on 2027-01-31.');
    expect(words).toContain(`${COUNTED_AS_RISK} 1 of them answers no finding now`);
  });

  it('say what is planned to be drilled', () => {
    const { first } = decided();
    const [resource] = first.service.resources;
    const plans = [
      'AWS::Backup::RestoreTestingPlan',
      'AWS::FIS::ExperimentTemplate',
      'AWS::FIS::ExperimentTemplate',
    ];
    const resources = plans.map((type) => Object.create(resource as object, { type: { value: type } }));
    expect(decided({ resources: [...first.service.resources, ...resources] }).words).toContain(
      'planned in the templates: 1 restore testing plan, 2 fault experiments',
    );
  });

  it('have the cost of what is down at best, where somebody says what an hour costs', () => {
    const { words, first } = decided({ costOfDowntime: { perHour: 12_000, currency: 'EUR' } });
    const cost = (12_000 * first.availability.downtimeMinutesPerYear) / 60;
    expect(words).toContain(`${amount(cost)} EUR a year at best`);
    expect(words).toContain('12,000 EUR an hour, set by the user');
  });

  it('have the debt of single points of failure, and the open findings', () => {
    const { words, first } = decided();
    const points = first.availability.singlePointsOfFailure;
    const sum = points.reduce((all, { minutesPerYear }) => all + minutesPerYear, 0);
    expect(words).toContain(`${minutes(sum)} of ${points.length} point`);
    expect(words).toMatch(/\d+ open finding/);
  });
});
