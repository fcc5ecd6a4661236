import { BY_COPIES_OF_BACKUPS } from '../../../lib/calculus/stores/snapshots';
import { DISRUPTIONS } from '../../../lib/objectives/disruption';
import { assessed } from '../../support/assess';
import { backedUp, resource } from './parts';

const { rtoSeconds: BACK, rpoSeconds: LOST } = BY_COPIES_OF_BACKUPS;

interface Owed {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
}

function fixesOf(
  type: string,
  owed: Owed,
  others: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const service = {
    name: 'shop',
    tier: 2,
    owner: 'team',
    objectives: {
      slo: '0.9',
      sloWindowSeconds: 2_592_000,
      recovery: Object.fromEntries(DISRUPTIONS.map((kind) => [kind, owed])),
    },
    dependsOn: [],
    dataClasses: [],
    decisions: [],
    weakenings: [],
  };
  const template = {
    Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [service] } },
    Resources: { Data: resource(type), ...others },
  };
  const app = { template, region: 'eu-west-1', account: '123456789012' };
  const { recovery } = assessed({ stacks: { app } });
  return recovery.region.shortfalls.map(({ fix }) => fix);
}

describe.each([
  ['DynamoDB::Table', 'make it a global table with a replica in another region', 'copy its backups there'],
  ['EFS::FileSystem', 'set ReplicationConfiguration to another region', 'copy its backups there'],
  ['RDS::DBInstance', 'replicate it to another region', 'copy its backups there'],
  ['Neptune::DBCluster', 'replicate it to another region', 'copy its backups there'],
  ['DSQL::Cluster', 'set MultiRegionProperties', 'copy its backups to another region'],
  ['FSx::FileSystem', 'keep its data in a store that replicates to another region', 'copy its backups there'],
])('%s without a copy in another region', (type, spread, copied) => {
  it('may have copies of its backups there where they keep what is owed', () => {
    const fixes = fixesOf(type, { rtoSeconds: BACK, rpoSeconds: LOST });
    expect(new Set(fixes)).toEqual(new Set([`${spread}, or ${copied}`]));
    expect(fixes.length).toBeGreaterThan(0);
  });

  it.each([
    ['the point', { rtoSeconds: BACK, rpoSeconds: LOST - 1 }],
    ['the time', { rtoSeconds: BACK - 1, rpoSeconds: LOST }],
  ])('is told only what keeps %s that is owed', (_, owed) => {
    expect(new Set(fixesOf(type, owed))).toEqual(new Set([spread]));
  });
});

describe('copies of backups that are made too seldom', () => {
  const arn = 'arn:aws:backup:eu-central-1:123456789012:backup-vault:copies';
  const copied = backedUp('Data', { CopyActions: [{ DestinationBackupVaultArn: arn }] });
  const often = ', or back it up more often and within a shorter start window';

  it('are made more often where that keeps what is owed', () => {
    const [late] = fixesOf('DynamoDB::Table', { rtoSeconds: 48 * 3600, rpoSeconds: LOST }, copied);
    expect(late).toContain(often);
  });

  it('are not where nothing keeps it but a replica', () => {
    const fixes = fixesOf('DynamoDB::Table', { rtoSeconds: 48 * 3600, rpoSeconds: LOST - 1 }, copied);
    expect(fixes).toEqual(['make it a global table with a replica in another region']);
  });
});
