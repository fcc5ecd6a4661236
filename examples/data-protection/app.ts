import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import {
  ActivePassive,
  AirGappedVault,
  ApprovalTeam,
  declareService,
  NinesChecks,
  Residency,
  Service,
  Tier,
} from 'cdk-nines';
import { LedgerRegion } from './ledger-region';
import { ACCOUNT, BACKUP_ACCOUNT, TEAM_ARN, VAULT_NAME } from './places';

const app = new App();

const ledger = new Service({
  name: 'ledger',
  tier: Tier.BUSINESS_CRITICAL,
  owner: 'team-ledger',
  system: 'banking',
  dataClasses: [
    { name: 'entries' },
    // S3 promises a quarter of an hour: what is owed less does not belong there.
    { name: 'statements', rpo: { region: Duration.minutes(15) } },
  ],
  residency: new Residency({ countries: ['IE', 'DE'] }),
});

// 1: people who must agree before another account gets at the vault. They live in us-east-1 only, and hold no data.
const approvals = new Stack(app, 'Approvals', {
  env: { account: BACKUP_ACCOUNT, region: 'us-east-1' },
  terminationProtection: true,
});
new ApprovalTeam(approvals, 'Team', {
  identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  identityCenterRegion: 'eu-west-1',
  approverIds: ['9067-a-4f0c', '9067-b-4f0c', '9067-c-4f0c'],
  minimumApprovals: 2,
});

// 2: the vault that nobody can empty, in an account that the service does not own.
const vaults = new Stack(app, 'Vaults', {
  env: { account: BACKUP_ACCOUNT, region: 'eu-west-1' },
  terminationProtection: true,
});
declareService(vaults, ledger);
new AirGappedVault(vaults, 'AirGapped', {
  vaultName: VAULT_NAME,
  sourceAccounts: [ACCOUNT],
  approvalTeamArn: TEAM_ARN,
});

// 3: the data, its backups and their restores.
new ActivePassive(app, 'Ledger', {
  service: ledger,
  account: ACCOUNT,
  primary: 'eu-west-1',
  standby: 'eu-central-1',
  stackClass: LedgerRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
