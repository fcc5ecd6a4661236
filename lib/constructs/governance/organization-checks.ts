import { CfnOrganizationConformancePack } from 'aws-cdk-lib/aws-config';
import { CfnStackSet, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse } from '../../objectives/mistakes';

/** Properties of {@link OrganizationChecks}. */
export interface OrganizationChecksProps {
  /** The template of a conformance pack, as `nines export config-pack` writes it: 51,200 bytes at most. */
  readonly template: string;

  /**
   * The name of the pack: letters, digits and hyphens.
   *
   * @default 'nines'
   */
  readonly packName?: string;

  /**
   * Accounts that are not judged: those without AWS Config, such as sandboxes.
   *
   * @default - none
   */
  readonly excludedAccounts?: readonly string[];

  /**
   * Further regions in which the same accounts are judged, by a stack set.
   *
   * @default - only the region of the stack
   */
  readonly regions?: readonly string[];

  /**
   * The organisational unit that the account of the stack stands in, which the stack set needs to find it.
   *
   * @default - none; needed with `regions`
   */
  readonly organizationalUnitId?: string;

  /**
   * The bucket that AWS Config keeps the templates in; its name begins with `awsconfigconforms`.
   *
   * @default - one of AWS Config
   */
  readonly deliveryBucketName?: string;
}

/** The most that AWS Config takes inline. @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutOrganizationConformancePack.html */
const MOST_BYTES = 51_200;

/** @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
const MOST_EXCLUDED = 1_000;

/**
 * Has AWS Config judge every account of the organisation, also those that join later, by a conformance pack. It stands in
 * the account that is the delegated administrator of AWS Config (`config-multiaccountsetup.amazonaws.com`).
 *
 * @throws ConfigurationError when the template is empty or too large, or a name, an account or a region is not one
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html
 */
export class OrganizationChecks extends Construct {
  /** The pack in the region of the stack. */
  readonly pack: CfnOrganizationConformancePack;

  /** What sets the same pack up in the further regions; `undefined` where there are none. */
  readonly stackSet: CfnStackSet | undefined;

  constructor(scope: Construct, id: string, props: OrganizationChecksProps) {
    super(scope, id);
    refuse(this.node.path, [...mistakesIn(props), ...this.placeMistakes(props)]);
    const { template, packName = 'nines', excludedAccounts = [], deliveryBucketName, regions = [] } = props;
    this.pack = new CfnOrganizationConformancePack(this, 'Pack', {
      organizationConformancePackName: packName,
      templateBody: template,
      ...(excludedAccounts.length > 0 && { excludedAccounts: [...excludedAccounts].sort() }),
      ...(deliveryBucketName !== undefined && { deliveryS3Bucket: deliveryBucketName }),
    });
    this.stackSet = regions.length > 0 ? this.createStackSet(props, packName) : undefined;
  }

  private placeMistakes({ regions = [] }: Partial<OrganizationChecksProps> = {}): readonly Mistake[] {
    const { region } = Stack.of(this);
    return !Token.isUnresolved(region) && regions.includes(region)
      ? [{ problem: `regions has ${region}, where the stack is`, fix: `take ${region} out` }]
      : [];
  }

  /** The same pack in other regions, from this account: a pack of an organisation judges one region. */
  private createStackSet(props: OrganizationChecksProps, packName: string): CfnStackSet {
    const { regions = [], organizationalUnitId = '' } = props;
    return new CfnStackSet(this, 'Regions', {
      stackSetName: `${packName}-organization-checks`,
      description: 'A conformance pack of the organisation in further regions',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'DELEGATED_ADMIN',
      autoDeployment: { enabled: false },
      managedExecution: { Active: true },
      operationPreferences: { regionConcurrencyType: 'PARALLEL' },
      stackInstancesGroup: [
        {
          deploymentTargets: {
            accountFilterType: 'INTERSECTION',
            accounts: [Stack.of(this).account],
            organizationalUnitIds: [organizationalUnitId],
          },
          regions: [...regions].sort(),
        },
      ],
      templateBody: regionalTemplate(props, packName),
    });
  }
}

function regionalTemplate(props: Partial<OrganizationChecksProps>, packName: string): string {
  const { template = '', excludedAccounts = [], deliveryBucketName } = props;
  const Properties = {
    OrganizationConformancePackName: packName,
    TemplateBody: template,
    ...(excludedAccounts.length > 0 && { ExcludedAccounts: [...excludedAccounts].sort() }),
    ...(deliveryBucketName !== undefined && { DeliveryS3Bucket: deliveryBucketName }),
  };
  return JSON.stringify({
    Resources: { Pack: { Type: 'AWS::Config::OrganizationConformancePack', Properties } },
  });
}

function mistakesIn(props: OrganizationChecksProps): readonly Mistake[] {
  const absent = missing(props, 'template');
  return absent.length > 0
    ? absent
    : [...sizeMistakes(props), ...nameMistakes(props), ...regionMistakes(props)];
}

function sizeMistakes(props: OrganizationChecksProps): readonly Mistake[] {
  const { template, packName = 'nines', regions = [], excludedAccounts = [] } = props;
  const fix = 'export less: a lower tier, --level error, or one pack for each half of the rules';
  const bytes = bytesOf(regions.length > 0 ? regionalTemplate(props, packName) : template);
  const large = !Token.isUnresolved(template) && bytes > MOST_BYTES;
  const many = excludedAccounts.length > MOST_EXCLUDED;
  return [
    ...(large ? [{ problem: `the template has ${bytes} bytes, but AWS takes ${MOST_BYTES}`, fix }] : []),
    ...(many
      ? [
          {
            problem: `${excludedAccounts.length} accounts are excluded, but AWS Config takes ${MOST_EXCLUDED}`,
            fix: 'set up conformance packs in organisational units by nines export stackset',
          },
        ]
      : []),
  ];
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function nameMistakes({
  packName = 'nines',
  excludedAccounts = [],
  deliveryBucketName = 'awsconfigconforms',
}: OrganizationChecksProps): readonly Mistake[] {
  const isName = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(packName);
  const isBucket =
    Token.isUnresolved(deliveryBucketName) || deliveryBucketName.startsWith('awsconfigconforms');
  return [
    ...(isName
      ? []
      : [
          {
            problem: `packName is ${quoted(packName)}`,
            fix: 'use letters, digits and hyphens, a letter first',
          },
        ]),
    ...(isBucket
      ? []
      : [
          {
            problem: `deliveryBucketName is ${quoted(deliveryBucketName)}`,
            fix: 'use a bucket whose name begins with awsconfigconforms',
          },
        ]),
    ...excludedAccounts
      .filter((account) => !Token.isUnresolved(account) && !/^\d{12}$/.test(account))
      .map((account) => ({
        problem: `excludedAccounts has ${quoted(account)}`,
        fix: 'name accounts by their 12 digits',
      })),
  ];
}

function regionMistakes({ regions = [], organizationalUnitId }: OrganizationChecksProps): readonly Mistake[] {
  const unit = organizationalUnitId ?? '';
  const isUnit =
    Token.isUnresolved(unit) || /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/.test(unit);
  return [
    ...regions
      .filter((region) => !Token.isUnresolved(region) && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      .map((region) => ({
        problem: `regions has ${quoted(region)}`,
        fix: 'name a region such as eu-west-1',
      })),
    ...(regions.length > 0 && !isUnit
      ? [
          {
            problem: `organizationalUnitId is ${quoted(organizationalUnitId)}`,
            fix: 'name the unit of this account, such as ou-abcd-12345678',
          },
        ]
      : []),
  ];
}
