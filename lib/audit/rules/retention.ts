import { RETENTION_TYPES, type Retention, retentionsOf } from '../../assembly/data/retention-map';
import { withoutOwnData } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { inDays } from '../../assembly/question';
import { Unknown } from '../../assembly/value';
import { LOG_RETENTION } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const SECONDS_PER_DAY = 86_400;
const LOG_GROUP = 'AWS::Logs::LogGroup';

/** The days between which data must be kept. */
interface Bounds {
  readonly least: number;

  /** `Infinity` where there is no limit. */
  readonly most: number;
}

export const dataIsKeptAsLongAsOwed: Rule = {
  id: 'X-87',
  title: 'What brings data back is kept as long as owed, and no data for longer than it may be.',
  kind: 'compliance',
  why: 'Damage that is found late has no clean copy left; and data that should be gone turns up in a backup.',
  fix: 'bring the longest retention up to what the tier owes, and every retention down to what is allowed',
  severity: MEDIUM,
  appliesTo: RETENTION_TYPES,
  controls: LOG_RETENTION,
  parameters: {
    maximumDays: {
      meaning: 'The most days for which any backup, version or log may be kept; 0 for no limit.',
      default: 0,
    },
  },
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5'],
  check: (resource, { service, parameters }) => {
    const most = Number(parameters.maximumDays) || Number.POSITIVE_INFINITY;
    if (resource.type === LOG_GROUP) return judge(retentionsOf(resource), { least: 0, most });
    const least = service.policy.minimumBackupRetention.value.toSeconds() / SECONDS_PER_DAY;
    return (
      withoutOwnData(resource) ??
      unlessRebuildable(resource, service, (data) => judge(retentionsOf(data), { least, most }))
    );
  },
};

function judge(retentions: readonly Retention[], { least, most }: Bounds): Judgement {
  const open = retentions.find(({ days }) => days instanceof Unknown)?.days;
  const known = retentions.flatMap(({ how, days }) => (typeof days === 'number' ? [{ how, days }] : []));
  const longest = known.reduce((best, each) => (each.days > best.days ? each : best), { how: '', days: -1 });
  if (longest.days > most) return fail({ found: say(longest), needed: `at most ${inDays(most)}` });
  if (open instanceof Unknown && (longest.days < least || Number.isFinite(most)))
    return unknown(undefined, open);
  // What nothing keeps is told by the rule that asks for a way back.
  if (known.length === 0) return notApplicable('nothing keeps older states of the data');
  return longest.days >= least
    ? pass({ found: say(longest) })
    : fail({ found: say(longest), needed: `at least ${inDays(least)}` });
}

function say({ how, days }: { readonly how: string; readonly days: number }): string {
  return Number.isFinite(days) ? `${how} for ${inDays(days)}` : `${how} for ever`;
}
