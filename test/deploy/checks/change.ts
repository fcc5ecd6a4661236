import { STATEFUL_TYPES } from '../../../lib/assembly/data/stateful';
import type { Finding } from './as-declared';

const RDS_MODIFY = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html';

/** A change of an example that runs. */
export interface Change {
  readonly context: Readonly<Record<string, string>>;

  /** Properties behind which the CLI says "may cause replacement" though they change in place, each with the page that says so. */
  readonly inPlace?: Readonly<Record<string, string>>;
}

/** What somebody may change of an example that runs, and what must then stay: all that holds data. */
export const CHANGES: Readonly<Record<string, Change>> = {
  // A tier that owes less.
  'active-passive': { context: { tier: '2' } },
  // A region that goes.
  'event-driven': { context: { regions: '1' } },
  // Plain constructs that get what their tier owes.
  retrofit: {
    context: { retrofit: 'true' },
    inPlace: { BackupRetentionPeriod: RDS_MODIFY, MultiAZ: RDS_MODIFY },
  },
};

/** A line of `cdk diff` on one resource: `[~] AWS::SQS::Queue Orders/Queue OrdersQueueC538DD4C replace`. */
const LINE = /^\[[-+~]\] (AWS::[A-Za-z0-9:]+) (\S+)/;

/** Words that the CLI puts behind what would not stay. */
const GONE = /\b(replace|may be replaced|requires replacement|destroy)\b/;

/** Nothing that holds data is replaced or destroyed, and there is a difference at all. */
export function changeFindings({ context, inPlace = {} }: Change, diff: string): Finding[] {
  const what = `cdk diff with ${JSON.stringify(context)}`;
  const resources = diff.split(/\n(?=\[[-+~]\] )/).filter((part) => LINE.test(part));
  if (resources.length === 0) return [{ what, expected: 'a difference', found: diff.slice(-500) }];
  return resources
    .filter((part) => STATEFUL_TYPES.includes(LINE.exec(part)?.[1] ?? '') && goes(part, inPlace))
    .map((part) => ({
      what,
      expected: 'all that holds data stays',
      found: part.split('\n')[0]?.trim() ?? '',
    }));
}

function goes(part: string, inPlace: Readonly<Record<string, string>>): boolean {
  const [first = '', ...rest] = part.split('\n');
  if (!GONE.test(first)) return false;
  const causes = rest.flatMap(
    (line) => /\[[-+~]\] (\w+) \((?:may cause|requires) replacement\)/.exec(line)?.[1] ?? [],
  );
  return causes.length === 0 || causes.some((cause) => inPlace[cause] === undefined);
}
