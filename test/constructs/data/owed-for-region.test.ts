import { Span } from '../../../lib/calculus/time-span';
import { DocumentDatabase } from '../../../lib/constructs/data/documents-and-graphs/document-database';
import { DurableEventBus } from '../../../lib/constructs/data/messages/durable-event-bus';
import { DurableQueue } from '../../../lib/constructs/data/messages/durable-queue';
import { DurableStream } from '../../../lib/constructs/data/messages/durable-stream';
import { DurableTopic } from '../../../lib/constructs/data/messages/durable-topic';
import { ReplicatedFileSystem } from '../../../lib/constructs/data/objects-and-files/replicated-file-system';
import { AuroraCluster } from '../../../lib/constructs/data/relational/aurora-cluster';
import { DsqlCluster } from '../../../lib/constructs/data/relational/dsql-cluster';
import { RdsMultiAzInstance } from '../../../lib/constructs/data/relational/rds-multi-az-instance';
import { RegionCopy } from '../../../lib/constructs/data/relational/rds-region-copy';
import { ReplicatedDatabase } from '../../../lib/constructs/data/relational/replicated-database';
import { Objectives } from '../../../lib/objectives/objectives';
import { WEAKENING } from '../fixtures';
import { inRegions, refusedWith } from './relational/databases';
import { type Around, templateOf } from './replicated';

const hours = (each: number) => Span.seconds(each * 3600);

/** Tier 2, which leaves a lost region to copies of backups, with a region that must be back in so many hours. */
function backIn({ rto = 8, rpo = 24 }: { readonly rto?: number; readonly rpo?: number }): Around {
  const dataRepair = { rpo: hours(4) };
  const objectives = Objectives.forTier(2, {
    region: { rto: hours(rto), rpo: hours(rpo) },
    dataRepair,
    weakening: WEAKENING,
  });
  return { tier: 2, service: { objectives } };
}

const SOON = backIn({ rto: 4 });
const EARLY = backIn({ rpo: 5 });
const BEST = backIn({ rto: 5.75, rpo: 6 });

describe('a store that copies of backups alone bring back in another region', () => {
  const builds: Record<string, (around: Around) => unknown> = {
    'an Aurora cluster': (around) =>
      inRegions(around, (stack, vpc) => new AuroraCluster(stack, 'Orders', { vpc })),
    'an RDS instance without copy': (around) =>
      inRegions(around, (stack, vpc) => {
        new RdsMultiAzInstance(stack, 'Orders', { vpc, regionCopy: RegionCopy.NONE });
      }),
    'DSQL in one region': (around) =>
      inRegions(around, (stack) => new DsqlCluster(stack, 'Orders', { multiRegion: false })),
    'files without replication': (around) =>
      inRegions(around, (stack, vpc) => new ReplicatedFileSystem(stack, 'Orders', { vpc, replicate: false })),
  };

  test.each(Object.keys(builds))('%s is left to them as the tier says', (name) => {
    expect(() => builds[name]?.(backIn({}))).not.toThrow();
    expect(() => builds[name]?.({ tier: 3 })).not.toThrow();
    expect(() => builds[name]?.(BEST)).not.toThrow();
  });

  test.each(Object.keys(builds))('%s is refused where the region must be back sooner', (name) => {
    const text = refusedWith(() => builds[name]?.(SOON));
    expect(text).toMatch(
      /with copies of its backups is back (5 h 45|345) min after the loss of a region at the worst, but an RTO of 4 h is owed/,
    );
    expect(text).toMatch(/-> .*use .+or give a weakening/);
  });

  test.each(Object.keys(builds))('%s is refused where less may be lost', (name) => {
    expect(refusedWith(() => builds[name]?.(EARLY))).toMatch(
      /with copies of its backups loses up to 6 h of data at the loss of a region, but an RPO of 5 h is owed/,
    );
  });
});

test('the automated backups of another region are restored as slowly as any other', () => {
  const build = () =>
    inRegions(
      SOON,
      (stack, vpc) =>
        new RdsMultiAzInstance(stack, 'Orders', { vpc, regionCopy: RegionCopy.AUTOMATED_BACKUPS }),
    );
  expect(refusedWith(build)).toMatch(
    /automated backups in another region is back (5 h 45|345) min .+, but an RTO of 4 h is owed -> use .*read replica/,
  );
});

describe('where copies of backups come too late, data is replicated by default', () => {
  test.each([RdsMultiAzInstance, ReplicatedDatabase])('%p has a replica in the standby', (Database) => {
    const replicas = (around: Around) =>
      templateOf(
        inRegions(around, (stack, vpc) => new Database(stack, 'Orders', { vpc })).stacks['eu-central-1'],
      ).resourceCountIs('AWS::RDS::DBInstance', around.tier === 3 ? 0 : 1);
    replicas({ tier: 3 });
    replicas(SOON);
    replicas(EARLY);
  });

  test('a cluster of DocumentDB is global, and may not be otherwise', () => {
    const type = 'AWS::DocDB::GlobalCluster';
    const built = (global?: boolean) =>
      inRegions(SOON, (stack, vpc) => {
        new DocumentDatabase(stack, 'Orders', { vpc, ...(global !== undefined && { global }) });
      });
    templateOf(built().stacks['eu-west-1']).resourceCountIs(type, 1);
    expect(refusedWith(() => built(false))).toMatch(/global/);
  });
});

describe.each([DurableQueue, DurableTopic, DurableStream, DurableEventBus])(
  'what AWS Backup does not copy: %p',
  (Store) => {
    const build = (around: Around) => () => inRegions(around, (stack) => new Store(stack, 'Orders'));

    test('may go with its region where the tier says so, and nobody asks for more', () => {
      expect(build({ tier: 2 })).not.toThrow();
      expect(build(SOON)).not.toThrow();
    });

    test('is owed what its service or its class says', () => {
      const rpo = { region: hours(0.1) };
      const around = { tier: 2 as const, service: { dataClasses: [{ name: 'orders', rpo }] } };
      const inClass = () => inRegions(around, (stack) => new Store(stack, 'Orders', { dataClass: 'orders' }));
      for (const refused of [build(EARLY), inClass])
        expect(refusedWith(refused)).toMatch(
          /loses all of (data|orders) at the loss of a region, but an RPO of/,
        );
    });
  },
);
