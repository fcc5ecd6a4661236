import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Graph } from '../../../lib/assembly/graph';
import { load } from '../../../lib/assembly/source/load';
import { assess } from '../../../lib/assessment/assess';
import { assessedServices } from '../../../lib/audit/assessed-services';
import { resolveServices } from '../../../lib/audit/services';
import { type Beat, backupBeat, batchBeat, glueBeat } from '../../../lib/constructs/observe/detection/beats';
import { Heartbeat } from '../../../lib/constructs/observe/detection/heartbeat';
import { BackupStrategy } from '../../../lib/constructs/recovery/backup-strategy';
import { RestoreTesting } from '../../../lib/constructs/recovery/restore-testing';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { awsHealth } from '../../patterns/aws-health';
import { backupKeyring } from '../../patterns/backup-keyring';
import { eventTimeline } from '../../patterns/event-timeline';
import { incidentBridge } from '../../patterns/incident-bridge';
import { appOf, type Pattern, surroundings } from '../../support/pattern';

type Build = (stack: RegionStack) => void;

const around = surroundings(incidentBridge, 0);

/** What a service of tier 0 with a table in each region comes to, with something beside the tables. */
function withTables(beside: Build) {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-watches-'));
  try {
    const build = (stack: RegionStack) => {
      new TableV2(stack, 'Kept', { partitionKey: { name: 'id', type: AttributeType.STRING } });
      beside(stack);
    };
    appOf({ construct: 'Tables', build }, around, outdir).synth();
    const [app] = load([outdir]).apps;
    if (!app) throw new Error('there is no app');
    const graph = new Graph(app);
    const [found] = assess(graph, assessedServices(graph, resolveServices(graph))).services;
    return {
      entries: found?.entryPoints.map(({ stack, logicalId }) => `${stack.id}/${logicalId}`),
      unavailability: found?.availability.unavailability,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const beats =
  (job: Beat): Build =>
  (stack) => {
    const timeZone = 'Europe/Berlin';
    new Heartbeat(stack, 'Invoices', { job, schedule: 'cron(0 4 * * ? *)', timeZone });
  };

const minimal =
  <O>(pattern: Pattern<O>): Build =>
  (stack) =>
    pattern.build(stack, around);

const restoreTests: Build = (stack) => {
  // What its tables lose is not asked here.
  new BackupStrategy(stack, 'Backup', { replicated: true });
  new RestoreTesting(stack, 'RestoreTests');
};

const queueArn = 'arn:aws:batch:eu-west-1:111122223333:job-queue/nightly';

describe('beside what serves', () => {
  const alone = withTables(() => {});

  it.each<readonly [string, Build]>([
    ['a heartbeat of Glue', beats(glueBeat('invoices'))],
    ['a heartbeat of Batch', beats(batchBeat('invoices', queueArn))],
    ['a heartbeat of backups', beats(backupBeat('shop'))],
    ['AwsHealth', minimal(awsHealth)],
    ['BackupKeyring', minimal(backupKeyring)],
    ['EventTimeline', minimal(eventTimeline)],
    ['IncidentBridge', minimal(incidentBridge)],
    ['RestoreTesting', restoreTests],
  ])('%s is no way in for users, and costs no minute', (_, beside) => {
    expect(alone.entries).toHaveLength(2);
    expect(withTables(beside)).toEqual(alone);
  });
});
