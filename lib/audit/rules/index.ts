import type { Rule } from '../rule';
import * as amq from './amq';
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
import * as ecs from './ecs';
import * as efs from './efs';
import * as eks from './eks';
import * as elb from './elb';
import * as elbProtection from './elb-protection';
import * as elbTargets from './elb-targets';
import * as exceptions from './exceptions';
import * as fsx from './fsx';
import * as lam from './lam';
import * as msk from './msk';
import * as r53 from './r53';
import * as r53Zones from './r53-zones';
import * as rdsBackup from './rds-backup';
import * as rdsCapacity from './rds-capacity';
import * as rdsMonitoring from './rds-monitoring';
import * as rdsProtection from './rds-protection';
import * as rdsRedundancy from './rds-redundancy';
import * as reading from './reading';
import * as vpc from './vpc';
import * as zonal from './zonal';

const MODULES: readonly Readonly<Record<string, Rule>>[] = [
  amq,
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
  ecs,
  efs,
  eks,
  elb,
  elbProtection,
  elbTargets,
  exceptions,
  fsx,
  lam,
  msk,
  r53,
  r53Zones,
  rdsBackup,
  rdsCapacity,
  rdsMonitoring,
  rdsProtection,
  rdsRedundancy,
  reading,
  vpc,
  zonal,
];

/** Every rule, in the order of their ids. An exported const of a rules file is a registered rule. */
export const RULES: readonly Rule[] = MODULES.flatMap((module) => Object.values(module)).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
