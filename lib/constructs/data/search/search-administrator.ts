import { AccountRootPrincipal, type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import type { TierChoices } from '../../governance/tier-choices';
import type { SearchDomainProps } from './search-domain-props';

const ROLE: Decided<boolean> = {
  value: true,
  because: 'a role has no password that could leak, and that nothing would rotate',
  source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html',
};

/**
 * The role that administers a domain: the given one, or one of its own; none where the administrator has a password.
 *
 * @throws ConfigurationError for a password without a reason
 * @internal
 */
export function chooseAdministrator(
  construct: Construct,
  choices: TierChoices,
  props: SearchDomainProps,
): IRole | undefined {
  refuse(construct.node.path, administratorMistakes(props));
  const isRole = choices.on({
    what: 'administratorRole',
    owed: ROLE,
    limit: choices.nonProduction ? { ...ROLE, value: false } : undefined,
    chosen: props.passwordAdministrator ? false : undefined,
  });
  if (!isRole) return undefined;
  return (
    props.administrator ??
    new Role(construct, 'Administrator', {
      assumedBy: new AccountRootPrincipal(),
      description: `Administers ${construct.node.path}`,
    })
  );
}

/** What the policy of the domain's own administrator says for all that is in the domain. @internal */
export function acknowledgeAdministrator(administrator: IRole, everything: string): void {
  acknowledgeInlinePolicy(administrator);
  acknowledgeWildcard(administrator, everything, 'The administrator of a domain reaches all that is in it.');
}

function administratorMistakes({ administrator, passwordAdministrator }: SearchDomainProps): Mistake[] {
  if (!administrator || !passwordAdministrator) return [];
  return [
    {
      problem:
        'administrator is a role, but passwordAdministrator says that the administrator has a password',
      fix: 'leave out one of them',
    },
  ];
}
