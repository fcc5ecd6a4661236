import { Match } from 'aws-cdk-lib/assertions';
import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  ReplicatedFileSystem,
  type ReplicatedFileSystemProps,
} from '../../../../lib/constructs/data/objects-and-files/replicated-file-system';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import { Objectives } from '../../../../lib/objectives/objectives';
import { TIERS } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';

const FILE_SYSTEM = 'AWS::EFS::FileSystem';

/** The network has a key of its own, for its logs. */
const KEY_OF_FILES = { Description: Match.stringLikeRegexp('/Files: encrypts what is kept') };
const FILES = {
  dataClasses: [{ name: 'files', rpo: { region: Duration.minutes(15), dataRepair: Duration.hours(4) } }],
};
const PEER = 'fs-0123456789abcdef0';

function fileSystems(around: Around = {}, props: Partial<ReplicatedFileSystemProps> = {}) {
  return shopIn({ service: FILES, ...around }, (stack) => {
    const { vpc } = new ResilientNetwork(stack, 'Network');
    new ReplicatedFileSystem(stack, 'Files', { vpc, dataClass: 'files', ...props });
  });
}

const refused = (around: Around, props: Partial<ReplicatedFileSystemProps> = {}) =>
  refusal(() => fileSystems(around, props)).problem;

describe('a ReplicatedFileSystem', () => {
  test.each(TIERS)(
    'is encrypted, backed up and kept, with a mount target in each zone, at tier %i',
    (tier) => {
      const stacks = fileSystems({ tier });
      const zones = tier === 3 ? 2 : 3;
      for (const region of ['eu-west-1', 'eu-central-1']) {
        expect(onlyIn(stacks[region], FILE_SYSTEM)).toMatchObject({
          Properties: {
            Encrypted: true,
            BackupPolicy: { Status: 'ENABLED' },
            ThroughputMode: 'elastic',
            LifecyclePolicies: [
              { TransitionToIA: 'AFTER_30_DAYS' },
              { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
            ],
          },
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
        });
        templateOf(stacks[region]).resourceCountIs('AWS::EFS::MountTarget', zones);
        templateOf(stacks[region]).resourceCountIs('AWS::EFS::AccessPoint', 1);
        templateOf(stacks[region]).resourcePropertiesCountIs('AWS::KMS::Key', KEY_OF_FILES, 1);
      }
    },
  );

  test('replicates from the primary to the standby, which lets itself be overwritten', () => {
    const stacks = fileSystems({}, { peerFileSystemId: PEER });
    expect(onlyIn(stacks['eu-west-1'], FILE_SYSTEM).Properties).toMatchObject({
      FileSystemProtection: { ReplicationOverwriteProtection: 'ENABLED' },
      ReplicationConfiguration: { Destinations: [{ FileSystemId: PEER, Region: 'eu-central-1' }] },
    });
    const standby = onlyIn(stacks['eu-central-1'], FILE_SYSTEM).Properties;
    expect(standby.FileSystemProtection.ReplicationOverwriteProtection).toBe('DISABLED');
    expect(standby.ReplicationConfiguration).toBeUndefined();
    templateOf(stacks['eu-west-1']).resourceCountIs('AWS::IAM::Role', 1); // the flow logs of the network
  });

  test('asks for the id of the other file system where nobody said it, and the other says its own', () => {
    const stacks = fileSystems();
    const [[name, parameter] = ['', {}]] = Object.entries(
      templateOf(stacks['eu-west-1']).findParameters('*', { AllowedPattern: 'fs-[0-9a-f]{8,40}' }),
    );
    expect(parameter).not.toHaveProperty('Default');
    const { Destinations } = onlyIn(stacks['eu-west-1'], FILE_SYSTEM).Properties.ReplicationConfiguration;
    expect(Destinations[0].FileSystemId).toEqual({ Ref: name });
    templateOf(stacks['eu-central-1']).hasOutput('*', {
      Description: 'What the primary replicates to: its peerFileSystemId',
    });
  });

  test('between accounts replicates by a role that the other lets in', () => {
    const stacks = fileSystems({ accounts: [ACCOUNT, OTHER_ACCOUNT] }, { peerFileSystemId: PEER });
    const { Properties } = onlyIn(stacks['eu-west-1'], FILE_SYSTEM);
    const peerArn = `arn:aws:elasticfilesystem:eu-central-1:${OTHER_ACCOUNT}:file-system/${PEER}`;
    const [destination] = Properties.ReplicationConfiguration.Destinations;
    expect(destination.FileSystemId).toBe(peerArn);
    expect(destination.RoleArn['Fn::GetAtt'][0]).toMatch(/^FilesReplicationRole/);
    expect(JSON.stringify(Properties.FileSystemPolicy)).toContain('LetTheOtherAccountTakeOver');
    const { FileSystemPolicy } = onlyIn(stacks['eu-central-1'], FILE_SYSTEM).Properties;
    expect(JSON.stringify(FileSystemPolicy)).toContain('elasticfilesystem:ReplicationWrite');
  });

  test('is mounted over TLS only, by those who are allowed to', () => {
    const stacks = shopIn({ service: FILES }, (stack) => {
      const { vpc } = new ResilientNetwork(stack, 'Network');
      const { fileSystem } = new ReplicatedFileSystem(stack, 'Files', { vpc, dataClass: 'files' });
      fileSystem.grantRead(Role.fromRoleName(stack, 'Reader', 'reader'));
    });
    const { FileSystemPolicy } = onlyIn(stacks['eu-west-1'], FILE_SYSTEM).Properties;
    expect(FileSystemPolicy.Statement).toHaveLength(1);
    expect(FileSystemPolicy.Statement).toContainEqual({
      Sid: 'DenyWithoutTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'elasticfilesystem:Client*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('has an access point of the same directory and user in both regions', () => {
    const stacks = fileSystems({}, { path: '/srv/files', uid: '1001', gid: '1002' });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      expect(onlyIn(stacks[region], 'AWS::EFS::AccessPoint').Properties).toMatchObject({
        PosixUser: { Uid: '1001', Gid: '1002' },
        RootDirectory: {
          Path: '/srv/files',
          CreationInfo: { OwnerUid: '1001', OwnerGid: '1002', Permissions: '750' },
        },
      });
    }
  });

  test('may be torn down where it is not production', () => {
    const { DeletionPolicy } = onlyIn(fileSystems({ nonProduction: true })['eu-west-1'], FILE_SYSTEM);
    expect(DeletionPolicy).toBe('Delete');
  });

  test('stands in one region where copies of backups will do', () => {
    const rpo = { region: Duration.hours(6), dataRepair: Duration.hours(4) };
    const service = { dataClasses: [{ name: 'files', rpo }] };
    const stacks = shopIn({ tier: 2, regions: ['eu-west-1'], service }, (stack) => {
      const { vpc } = new ResilientNetwork(stack, 'Network');
      const encryptionKey = Key.fromKeyArn(stack, 'Own', `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`);
      new ReplicatedFileSystem(stack, 'Files', {
        vpc,
        dataClass: 'files',
        encryptionKey,
        throughputMode: ThroughputMode.BURSTING,
      });
    });
    const { Properties } = onlyIn(stacks['eu-west-1'], FILE_SYSTEM);
    expect(Properties.ReplicationConfiguration).toBeUndefined();
    expect(Properties.ThroughputMode).toBe('bursting');
    templateOf(stacks['eu-west-1']).resourcePropertiesCountIs('AWS::KMS::Key', KEY_OF_FILES, 0);
  });

  test('records what it keeps', () => {
    const { decisions } = catalogued(fileSystems()['eu-west-1'] as Stack);
    const said = Object.fromEntries(decisions.map(({ what, value }) => [what, value]));
    expect(said).toMatchObject({
      'Files.region': 'RPO 15 min, RTO 10 min',
      'Files.dataRepair': 'RPO 4 h, RTO 4 h',
      'Files.automaticBackups': 'true',
    });
  });

  test('goes without backups of its own for a reason', () => {
    const stacks = fileSystems({}, { automaticBackups: false, weakening: WEAKENING });
    expect(onlyIn(stacks['eu-west-1'], FILE_SYSTEM).Properties.BackupPolicy?.Status).not.toBe('ENABLED');
  });
});

describe('a ReplicatedFileSystem fails when', () => {
  test('it has no network', () => {
    expect(refused({}, { vpc: undefined as never })).toBe('vpc is missing');
  });

  test('less may be lost than EFS replicates in', () => {
    expect(refused({ service: {} }, { dataClass: undefined as never })).toContain(
      'EFS file system with replication loses up to 15 min of data at the loss of a region, but an RPO of 5 min is owed',
    );
  });

  test('less may be lost to damage than snapshots lose, and names what keeps it', () => {
    const dataClasses = [{ name: 'files', rpo: { region: Duration.minutes(15) } }];
    const { problem, fix } = refusal(() => fileSystems({ service: { dataClasses } }));
    expect(problem).toBe(
      'EFS file system with replication loses up to 4 h of files at data repaired from a backup, but an RPO of 5 min is owed',
    );
    expect(fix).toMatch(
      /^keep it in S3 bucket with replication and time control instead, or where so much may be lost, give the class files/,
    );
    const weakened = { weakening: WEAKENING };
    expect(() => fileSystems({ service: { dataClasses } }, weakened)).not.toThrow();
  });

  test('it must come back sooner than it is restored', () => {
    const objectives = Objectives.forTier(1, {
      dataRepair: { rto: Duration.hours(2), rpo: Duration.minutes(5) },
    });
    expect(refused({ service: { ...FILES, objectives } })).toBe(
      'EFS file system with replication is back 4 h after data repaired from a backup at the worst, but an RTO of 2 h is owed',
    );
  });

  test('it can be written to later than the region must be back', () => {
    const objectives = Objectives.forTier(1, {
      region: { rto: Duration.minutes(5), rpo: Duration.minutes(5) },
    });
    expect(refused({ service: { ...FILES, objectives } })).toBe(
      'EFS file system with replication is back 10 min after the loss of a region at the worst, but an RTO of 5 min is owed',
    );
  });

  test('it is not replicated, and data would be lost with the region', () => {
    expect(refused({}, { replicate: false })).toMatch(/EFS file system in one region loses all of files/);
  });

  test('several regions serve', () => {
    expect(refused({ active: true })).toBe(
      'several regions serve, but EFS replicates one way: the other file system can be read only',
    );
  });

  test('there are three regions', () => {
    expect(refused({ regions: ['eu-west-1', 'eu-central-1', 'eu-north-1'] })).toBe(
      'the service has 2 other regions, but EFS replicates to one',
    );
  });

  test('the other file system or the directory is none', () => {
    expect(refused({}, { peerFileSystemId: 'files' })).toBe(
      'peerFileSystemId "files" is no id of a file system',
    );
    expect(refused({}, { uid: 'root' })).toBe('uid is "root"');
    expect(refused({}, { path: 'files' })).toBe('path "files" is no directory of an access point');
  });

  test('it makes no backups, without a reason', () => {
    expect(refused({}, { automaticBackups: false })).toMatch(
      /automaticBackups is false, but the tier owes true/,
    );
  });
});
