import { type Yaml, yamlDocument } from './yaml';

/** What a stack set takes to the accounts of an organisation. */
export interface StackSetInput {
  /** The name of the pack: letters, numbers and hyphens. */
  readonly name: string;

  /** The template of a conformance pack, as `nines export config-pack` writes it. */
  readonly pack: string;
}

/** The most bytes of a template that is given inline, of a stack set as of a pack. */
export const MOST_BYTES_OF_TEMPLATE = 51_200;

const ref = (name: string): Yaml => ({ Ref: name });

/**
 * A CloudFormation template of a stack set that sets up a conformance pack in every account and region of
 * organisational units, also in accounts that join later.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export function stackSetTemplate(input: StackSetInput): Iterable<string> {
  return [
    '# cdk-nines: a stack set for the delegated administrator of an organisation.\n',
    yamlDocument({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'cdk-nines: a conformance pack in all accounts and regions of organisational units.',
      Parameters: PARAMETERS,
      Conditions: { HasExclusions: { 'Fn::Not': [{ 'Fn::Equals': [joined('ExcludedAccounts'), ''] }] } },
      Resources: { Checks: stackSet(input) },
    }),
  ];
}

/** The template that the stack set sets up in each account. */
export function memberTemplate({ name, pack }: StackSetInput): string {
  const properties = { ConformancePackName: name, TemplateBody: withoutComments(pack) };
  const resources = { Pack: { Type: 'AWS::Config::ConformancePack', Properties: properties } };
  // In one line: what stands in it is counted.
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources });
}

const PARAMETERS: Yaml = {
  OrganizationalUnitIds: {
    Type: 'CommaDelimitedList',
    Description: 'The organisational units whose accounts are judged, such as ou-abcd-12345678',
  },
  Regions: { Type: 'CommaDelimitedList', Description: 'The regions in which AWS Config records' },
  ExcludedAccounts: {
    Type: 'CommaDelimitedList',
    Default: '',
    Description: 'Accounts of these units that are not judged',
  },
  CallAs: {
    Type: 'String',
    Default: 'DELEGATED_ADMIN',
    AllowedValues: ['DELEGATED_ADMIN', 'SELF'],
    Description: 'SELF in the management account, else DELEGATED_ADMIN',
  },
};

function stackSet(input: StackSetInput): Yaml {
  return {
    Type: 'AWS::CloudFormation::StackSet',
    Properties: {
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      CallAs: ref('CallAs'),
      Description: 'The checks of cdk-nines',
      ManagedExecution: { Active: true },
      OperationPreferences: {
        FailureTolerancePercentage: 10,
        MaxConcurrentPercentage: 25,
        RegionConcurrencyType: 'SEQUENTIAL',
      },
      PermissionModel: 'SERVICE_MANAGED',
      StackInstancesGroup: [
        {
          DeploymentTargets: {
            'Fn::If': [
              'HasExclusions',
              {
                AccountFilterType: 'DIFFERENCE',
                Accounts: ref('ExcludedAccounts'),
                OrganizationalUnitIds: ref('OrganizationalUnitIds'),
              },
              { OrganizationalUnitIds: ref('OrganizationalUnitIds') },
            ],
          },
          Regions: ref('Regions'),
        },
      ],
      StackSetName: input.name,
      TemplateBody: memberTemplate(input),
    },
  };
}

function joined(list: string): Yaml {
  return { 'Fn::Join': ['', ref(list)] };
}

function withoutComments(yaml: string): string {
  return yaml.replace(/^#.*\n/gm, '');
}
