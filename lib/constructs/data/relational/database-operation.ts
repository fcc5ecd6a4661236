import type { Duration } from 'aws-cdk-lib/core';
import { Span } from '../../../calculus/time-span';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { TierChoices } from '../../governance/tier-choices';
import type { DatabaseProps } from './database-props';

/** How a database is kept, watched and patched, as its tier decides. @internal */
export interface DatabaseOperation {
  readonly backupDays: number;
  readonly deletionProtection: boolean;
  readonly autoMinorVersionUpgrade: boolean;
  readonly monitoringSeconds: number;
  readonly insightsMode: 'advanced' | 'standard';

  /** How long queries are kept; the advanced mode takes no less than 465 days, the other has a week for nothing. */
  readonly insightsDays: number;
}

const MONITORING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html';
const INSIGHTS =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Database-Insights-Database-Instance-Dashboard.html';

/** The intervals that RDS takes, in seconds. */
const INTERVALS = [1, 5, 10, 15, 30, 60];

const MINOR_VERSIONS: Decided<boolean> = {
  value: true,
  because: 'corrections of crashes and data loss must not wait for somebody to remember the database',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html',
};

/** What the tier decides of the operation, or a person instead. @internal */
export function chooseOperation(choices: TierChoices, props: DatabaseProps): DatabaseOperation {
  const { pitrRetention, minimumBackupRetention } = choices.policy;
  const { value: furthest } = pitrRetention;
  const advanced = choices.on({
    what: 'advancedInsights',
    owed: owedInsights(choices),
    chosen: props.advancedInsights,
  });
  const { backupRetention, monitoringInterval } = props;
  return {
    backupDays: choices
      .longest({
        what: 'backupRetention',
        owed: furthest ? { ...pitrRetention, value: furthest } : minimumBackupRetention,
        chosen: backupRetention,
      })
      .toDays(),
    deletionProtection: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
    autoMinorVersionUpgrade: choices.on({
      what: 'autoMinorVersionUpgrade',
      owed: MINOR_VERSIONS,
      chosen: props.autoMinorVersionUpgrade,
    }),
    monitoringSeconds: choices
      .shortest({ what: 'monitoringInterval', owed: owedInterval(choices), chosen: monitoringInterval })
      .toSeconds(),
    insightsMode: advanced ? 'advanced' : 'standard',
    insightsDays: advanced ? 465 : 7,
  };
}

function isCritical({ tier }: TierChoices): boolean {
  return tier <= 1;
}

function owedInsights(choices: TierChoices): Decided<boolean> {
  return isCritical(choices)
    ? {
        value: true,
        because: 'locks and slow queries of the last incident can be looked at',
        source: INSIGHTS,
      }
    : { value: false, because: 'a week of queries is kept; more is not owed', source: OWN_DECISION };
}

function owedInterval(choices: TierChoices): Decided<Span> {
  return isCritical(choices)
    ? {
        value: Span.seconds(15),
        because: 'a failover takes a minute: it can be seen in four readings',
        source: MONITORING,
      }
    : { value: Span.seconds(60), because: 'the readings that cost least', source: MONITORING };
}

/** Values that RDS does not take. @internal */
export function operationMistakes(props: DatabaseProps): Mistake[] {
  const { backupRetention, monitoringInterval, identifier, masterUsername, databaseName } = props;
  return [
    ...daysMistakes(backupRetention),
    ...intervalMistakes(monitoringInterval),
    ...nameMistakes('identifier', identifier, /^[a-z](-?[a-z0-9])*$/, 63),
    ...nameMistakes('masterUsername', masterUsername, /^[a-zA-Z][a-zA-Z0-9_]*$/, 16),
    ...nameMistakes('databaseName', databaseName, /^[a-zA-Z][a-zA-Z0-9_]*$/, 63),
    ...portMistakes(props.port),
  ];
}

function daysMistakes(retention: Duration | undefined): Mistake[] {
  if (!retention || retention.isUnresolved()) return [];
  const days = retention.toSeconds() / Span.days(1).toSeconds();
  if (Number.isInteger(days) && days >= 1 && days <= 35) return [];
  return [
    {
      problem: `backupRetention is ${retention.toHumanString()}, but RDS keeps backups for 1 to 35 whole days`,
      fix: 'set backupRetention between Duration.days(1) and Duration.days(35)',
    },
  ];
}

function intervalMistakes(interval: Duration | undefined): Mistake[] {
  if (!interval || interval.isUnresolved() || INTERVALS.includes(interval.toSeconds())) return [];
  return [
    {
      problem: `monitoringInterval is ${interval.toHumanString()}, which RDS does not offer`,
      fix: `set monitoringInterval to one of ${INTERVALS.join(', ')} seconds`,
    },
  ];
}

function nameMistakes(what: string, name: string | undefined, form: RegExp, longest: number): Mistake[] {
  if (name === undefined || (form.test(name) && name.length <= longest)) return [];
  return [
    {
      problem: `${what} is ${quoted(name)}, which RDS does not take`,
      fix: `use at most ${longest} letters and digits, with a letter first`,
    },
  ];
}

function portMistakes(port: number | undefined): Mistake[] {
  if (port === undefined || (Number.isInteger(port) && port >= 1150 && port <= 65535)) return [];
  return [
    {
      problem: `port is ${port}, but databases listen between 1150 and 65535`,
      fix: 'set port between 1150 and 65535, or leave it out',
    },
  ];
}
