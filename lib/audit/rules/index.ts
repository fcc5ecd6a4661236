import type { Rule } from '../rule';
import * as asg from './asg';
import * as asgCapacity from './asg-capacity';
import * as asgReferences from './asg-references';
import * as bkpCoverage from './bkp-coverage';
import * as bkpPlan from './bkp-plan';
import * as bkpSelection from './bkp-selection';
import * as bkpVault from './bkp-vault';
import * as dataCopies from './data-copies';
import * as dataRecovery from './data-recovery';
import * as ddb from './ddb';
import * as ddbCapacity from './ddb-capacity';
import * as dnsFailover from './dns-failover';
import * as dnsHealthChecks from './dns-health-checks';
import * as elb from './elb';
import * as elbProtection from './elb-protection';
import * as elbTargets from './elb-targets';
import * as exceptions from './exceptions';
import * as r53 from './r53';
import * as r53Zones from './r53-zones';
import * as rdsBackup from './rds-backup';
import * as rdsCapacity from './rds-capacity';
import * as rdsMonitoring from './rds-monitoring';
import * as rdsProtection from './rds-protection';
import * as rdsRedundancy from './rds-redundancy';
import * as zonal from './zonal';

const MODULES: readonly Readonly<Record<string, Rule>>[] = [
  asg,
  asgCapacity,
  asgReferences,
  bkpCoverage,
  bkpPlan,
  bkpSelection,
  bkpVault,
  dataCopies,
  dataRecovery,
  ddb,
  ddbCapacity,
  dnsFailover,
  dnsHealthChecks,
  elb,
  elbProtection,
  elbTargets,
  exceptions,
  r53,
  r53Zones,
  rdsBackup,
  rdsCapacity,
  rdsMonitoring,
  rdsProtection,
  rdsRedundancy,
  zonal,
];

/** Every rule, in the order of their ids. An exported const of a rules file is a registered rule. */
export const RULES: readonly Rule[] = MODULES.flatMap((module) => Object.values(module)).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
