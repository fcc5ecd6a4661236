import { WEEKDAYS } from '../calculus/windows/recurrence';
import { CATALOGUE_SCHEMA, type Catalogue, ServiceLevelEngine } from './catalogue';
import type { CatalogueWindow } from './catalogue-window';
import { DependencyKind } from './dependency';
import { DATA_DISRUPTIONS } from './disruption';
import { windowMistakes } from './maintenance-window';
import { quoted } from './mistakes';
import { AlertSeverity } from './policy/operations';
import { RegionRole } from './region-role';
import { TIERS } from './tier';
import { isDate } from './weakening';

/** A catalogue, or what is wrong with it. */
export type CatalogueReading = { readonly catalogue: Catalogue } | { readonly problem: string };

/** Says what is wrong with a value, and where; nothing when it is right. */
type Check = (value: unknown, at: string) => string | undefined;

/**
 * Reads what a stack's `Metadata` holds under the key of the catalogue.
 *
 * Keys that this version does not know are left alone: a newer release may have written them.
 */
export function readCatalogue(value: unknown): CatalogueReading {
  const problem = catalogue(value, 'catalogue');
  return problem === undefined ? { catalogue: value as Catalogue } : { problem };
}

const text: Check = (value, at) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : `${at} is ${quoted(value)}, not a text`;

const yesOrNo: Check = (value, at) =>
  typeof value === 'boolean' ? undefined : `${at} is ${quoted(value)}, not true or false`;

const date: Check = (value, at) =>
  typeof value === 'string' && isDate(value)
    ? undefined
    : `${at} is ${quoted(value)}, not a day as YYYY-MM-DD`;

const seconds: Check = (value, at) =>
  isNumber(value) && value >= 0 ? undefined : `${at} is ${quoted(value)}, not a number of seconds`;

const count: Check = (value, at) =>
  isNumber(value) && value >= 0 ? undefined : `${at} is ${quoted(value)}, not a number of 0 or more`;

const whole: Check = (value, at) =>
  Number.isInteger(value) ? undefined : `${at} is ${quoted(value)}, not a whole number`;

const fraction: Check = (value, at) =>
  typeof value === 'string' && /^0\.\d*[1-9]\d*$/.test(value)
    ? undefined
    : `${at} is ${quoted(value)}, not a fraction between 0 and 1 as text`;

const shortValue: Check = (value, at) =>
  typeof value === 'string' || isNumber(value) || typeof value === 'boolean'
    ? undefined
    : `${at} is ${quoted(value)}, not a text, a number, true or false`;

const list =
  (item: Check): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is ${quoted(value)}, not a list`;
    return firstOf(value.map((each, index) => () => item(each, `${at}[${index}]`)));
  };

const oneOf =
  (allowed: readonly unknown[]): Check =>
  (value, at) =>
    allowed.includes(value)
      ? undefined
      : `${at} is ${quoted(value)}, not one of ${allowed.map(quoted).join(', ')}`;

/** A mapping with the required keys, and with the optional ones well formed where they are there. */
const mapping =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, at) => {
    if (!isMapping(value)) return `${at} is ${quoted(value)}, not a mapping`;
    const checks = Object.entries({ ...required, ...optional });
    return firstOf(
      checks.map(([key, check]) => () => {
        if (value[key] !== undefined) return check(value[key], `${at}.${key}`);
        return key in required ? `${at} has no ${key}` : undefined;
      }),
    );
  };

const recovery = mapping({ rtoSeconds: seconds, rpoSeconds: seconds });

const objectives = mapping({
  slo: fraction,
  sloWindowSeconds: seconds,
  recovery: mapping({
    rollback: mapping({ rtoSeconds: seconds }),
    dataRepair: recovery,
    instance: recovery,
    availabilityZone: recovery,
    region: recovery,
  }),
});

const rate: Check = (value, at) =>
  typeof value === 'string' && /^(?=.*[1-9])\d+(\.\d+)?$/.test(value)
    ? undefined
    : `${at} is ${quoted(value)}, not a number above 0 as text`;

const serviceLevel = mapping(
  {
    name: text,
    kind: text,
    objective: fraction,
    windowSeconds: seconds,
    good: text,
    total: text,
    bad: text,
    leastBad: count,
    engine: oneOf(Object.values(ServiceLevelEngine)),
    alarms: list(
      mapping({
        severity: oneOf(Object.values(AlertSeverity)),
        budgetShare: text,
        longWindowSeconds: seconds,
        shortWindowSeconds: seconds,
        long: text,
        short: text,
        both: text,
      }),
    ),
  },
  {
    minutes: yesOrNo,
    eventsPerHour: rate,
    furtherOf: text,
    onlyIn: text,
    responseSeconds: seconds,
    recoversAlone: yesOrNo,
    runbook: text,
    ownTopics: list(oneOf(Object.values(AlertSeverity))),
    silence: text,
    signals: text,
  },
);

/** All of the time is no fraction between, and contracts promise it. */
const share: Check = (value, at) => (value === '1' ? undefined : fraction(value, at));

const percentage: Check = (value, at) =>
  typeof value === 'string' && /^(100|\d{1,2}(\.\d+)?)$/.test(value)
    ? undefined
    : `${at} is ${quoted(value)}, not per cent as text`;

const thirdParty = mapping(
  { name: text, kind: oneOf(Object.values(DependencyKind)) },
  {
    sla: share,
    statusPage: text,
    contract: mapping(
      {},
      {
        credits: list(mapping({ below: share, percent: percentage })),
        reviewBy: date,
        exitPlan: text,
      },
    ),
  },
);

const service = mapping(
  {
    name: text,
    tier: oneOf(TIERS),
    owner: text,
    objectives,
    dependsOn: list(mapping({ service: text, kind: oneOf(Object.values(DependencyKind)) })),
    dataClasses: list(
      mapping(
        { name: text },
        {
          rpoSeconds: mapping(
            {},
            Object.fromEntries(DATA_DISRUPTIONS.map((disruption) => [disruption, seconds])),
          ),
          rebuildable: yesOrNo,
        },
      ),
    ),
    decisions: list(mapping({ what: text, value: shortValue, because: text, source: text })),
    weakenings: list(mapping({ what: text, reason: text, expires: date, approver: text })),
  },
  {
    system: text,
    runbook: text,
    resources: list(text),
    residency: mapping({ regions: list(text), countries: list(text) }),
    role: oneOf(Object.values(RegionRole)),
    onlyRegion: yesOrNo,
    nonProduction: yesOrNo,
    serviceLevels: list(serviceLevel),
    thirdParties: list(thirdParty),
  },
);

const acceptance = mapping(
  {
    rules: list(text),
    scope: mapping({ path: text }),
    reason: text,
    author: text,
    owner: text,
    approver: text,
    ticket: text,
    compensatingControl: text,
    created: date,
    expires: date,
  },
  { secondApprover: text, signature: text, secondSignature: text },
);

const windowShape = mapping(
  {
    id: text,
    kind: text,
    start: text,
    durationSeconds: seconds,
    recurrence: mapping(
      { every: oneOf(['once', 'week', 'month', 'year']) },
      { weekdays: list(oneOf(WEEKDAYS)), nth: whole, dayOfMonth: whole },
    ),
    timeZone: text,
    reason: text,
  },
  { lastDay: date, approver: text, appliesTo: list(text) },
);

/** What has the shape of a window must be one as well: it is expanded. */
const maintenanceWindow: Check = (value, at) => {
  const problem = windowShape(value, at);
  if (problem !== undefined) return problem;
  const [mistake] = windowMistakes(value as CatalogueWindow);
  return mistake && `${at}: ${mistake.problem}`;
};

const catalogue = mapping(
  { schema: oneOf([CATALOGUE_SCHEMA]), services: list(service) },
  { acceptances: list(acceptance), windows: list(maintenanceWindow) },
);

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
