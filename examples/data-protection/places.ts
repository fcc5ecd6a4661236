/** The account of the service. */
export const ACCOUNT = '123456789012';

/** The account of the backups, which nobody who runs the service can enter. */
export const BACKUP_ACCOUNT = '210987654321';

/** Fixed, so that plans of other accounts find it. */
export const VAULT_NAME = 'ledger-air-gapped';

/** As AWS calls the team once the stack `Approvals` is there: deploy that first, and write it down. */
export const TEAM_ARN = `arn:aws:mpa:us-east-1:${BACKUP_ACCOUNT}:approval-team/Approvals-team-0f4c7b52`;
