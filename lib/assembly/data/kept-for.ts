import { type OptionalNumber, type PlanRule, planRulesOf } from '../backup/backup-plan';
import { VAULT_TYPES, vaultOf } from '../backup/backup-vaults';
import { Grouped } from '../grouped';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { Unknown } from '../value';

const SECONDS_PER_DAY = 86_400;
const HOURS_PER_DAY = 24;

/** Days for which data is kept; `Infinity` where nobody ends it. */
export type Kept = number | Unknown;

/** For how many days a resource keeps what it is given. */
export function keptDays(resource: Resource): Kept {
  if (VAULT_TYPES.includes(resource.type)) return longestInVault(resource);
  switch (resource.type) {
    case 'AWS::Logs::LogGroup':
      return days(resource.number('RetentionInDays'));
    case 'AWS::SQS::Queue':
      return scaled(resource.number('MessageRetentionPeriod') ?? 345_600, SECONDS_PER_DAY);
    case 'AWS::Kinesis::Stream':
      return scaled(resource.number('RetentionPeriodHours') ?? HOURS_PER_DAY, HOURS_PER_DAY);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function days(value: OptionalNumber): Kept {
  return value ?? Number.POSITIVE_INFINITY;
}

function scaled(value: number | Unknown, divisor: number): Kept {
  return value instanceof Unknown ? value : value / divisor;
}

/** The longest of what the plans of the app put into a vault; others may put more there. */
function longestInVault(vault: Resource): Kept {
  const kept = keptByVault(vault.stack.graph).of(vault);
  if (kept.length === 0) return Number.POSITIVE_INFINITY;
  const open = kept.find((each) => each instanceof Unknown);
  const longest = Math.max(...kept.filter((each) => typeof each === 'number'));
  return open instanceof Unknown && Number.isFinite(longest) ? open : longest;
}

const keptByVault = oncePerGraph((graph) => {
  const kept = new Grouped<Resource, Kept>();
  for (const plan of graph.ofType('AWS::Backup::BackupPlan')) {
    for (const { vault: named, time } of planRulesOf(plan).rules.flatMap(storedBy)) {
      const vault = vaultOf(named, plan);
      if (vault instanceof Resource) kept.add(vault, days(time));
    }
  }
  return kept;
});

/** What a rule puts where, and for how long. */
function storedBy({ targetVault, deleteAfterDays, copyActions }: PlanRule) {
  const copies = copyActions instanceof Unknown ? [] : copyActions;
  return [
    { vault: targetVault, time: deleteAfterDays },
    ...copies.map((copy) => ({ vault: copy.destination, time: copy.deleteAfterDays ?? deleteAfterDays })),
  ];
}
