import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import { type Duration, Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../../objectives/mistakes';

/** The two twins of a resource, by the code of their region. Exactly the two regions of the plan. */
export type RegionalArns = Readonly<Record<string, string>>;

/** What every step has. */
export interface SwitchStepProps {
  /** What people see while the plan runs. Each step of a workflow has a name of its own. */
  readonly name: string;

  /**
   * What it is for.
   *
   * @default - nothing is said
   */
  readonly description?: string;

  /**
   * After this time the plan stops at the step and asks a person, in whole minutes.
   *
   * @default - what is usual for the step, less where the recovery time objective of the region leaves less
   */
  readonly timeout?: Duration;
}

/** Where a step stands in the order that a plan gives to its steps. @internal */
export enum SwitchPhase {
  GATE,
  DATABASE,
  SCALING,
  ACTION,
  TRAFFIC,
}

/** Whether a step belongs to the switch or to what comes after it. @internal */
export enum SwitchMoment {
  SWITCH,
  AFTERWARDS,
}

/** What a step must be allowed to do. @internal */
export interface SwitchPermission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];

  /** The account of the resources; `undefined` for that of the plan. */
  readonly account?: string | undefined;
}

/** What a step knows of its plan when it is written. @internal */
export interface SwitchSite {
  /** The two regions, the primary first where there is one. */
  readonly regions: readonly string[];

  /** The account of the plan. */
  readonly account: string;
  readonly partition: string;

  /** How resources of another account are reached. */
  access(account: string | undefined): CfnPlan.AsgProperty;
}

/** The one thing that a step does. @internal */
export interface SwitchBlock {
  readonly name: string;
  readonly description?: string | undefined;
  readonly type: SwitchBlockType;
  readonly phase: SwitchPhase;

  /** What a person gave. */
  readonly timeout?: Duration | undefined;

  /** What it takes at its worst where nobody has said, in minutes. */
  readonly usualMinutes: number;

  /** Whether it moves data from one region to the other. */
  readonly movesData?: boolean;

  /** The workflows that it makes sense in. @default - all */
  readonly when?: SwitchMoment;

  /** The record that it moves traffic with, where the plan makes its health checks. */
  readonly recordName?: string;

  /** The hosted zone of that record. */
  readonly hostedZoneId?: string;

  /** The steps that run side by side. */
  readonly parts?: readonly SwitchBlock[];

  /** Accounts, beside the plan's, whose resources it touches. */
  accounts(): readonly string[];

  /** What is wrong with it in a plan of these regions. */
  mistakes(regions: readonly string[]): Mistake[];

  permissions(site: SwitchSite): readonly SwitchPermission[];

  render(site: SwitchSite, timeoutMinutes: number): CfnPlan.ExecutionBlockConfigurationProperty;
}

/**
 * Every kind of step, as the service calls them. The CloudFormation schema that linters have knows fewer.
 *
 * @internal
 */
export type SwitchBlockType =
  | 'ARCRegionSwitchPlan'
  | 'ARCRoutingControl'
  | 'AuroraGlobalDatabase'
  | 'AuroraProvisionedScaling'
  | 'AuroraServerlessScaling'
  | 'CustomActionLambda'
  | 'DocumentDb'
  | 'EC2AutoScaling'
  | 'ECSServiceScaling'
  | 'EKSResourceScaling'
  | 'LambdaEventSourceMapping'
  | 'ManualApproval'
  | 'NeptuneGlobalDatabase'
  | 'Parallel'
  | 'RdsCreateCrossRegionReplica'
  | 'RdsPromoteReadReplica'
  | 'RdsSwitchoverReadReplica'
  | 'Route53HealthCheck'
  | 'SSMSendCommand';

/** The twins that a step touches, and what their ARNs must be of. @internal */
export interface Twins {
  readonly arns: RegionalArns;

  /** As ARNs call it: `rds`. */
  readonly service: string;

  /** How the resource begins in an ARN: `cluster:`. */
  readonly resource: string;
}

/** Aurora, DocumentDB and Neptune alike. @internal */
export const DATABASE_CLUSTER = { service: 'rds', resource: 'cluster:' };

/** @internal */
export const DATABASE_INSTANCE = { service: 'rds', resource: 'db:' };

/** What a step says of itself; {@link block} adds what all have. @internal */
export interface BlockProps {
  readonly type: SwitchBlockType;
  readonly phase: SwitchPhase;
  readonly usualMinutes: number;
  readonly movesData?: boolean;
  readonly when?: SwitchMoment;
  readonly parts?: readonly SwitchBlock[];

  /** The twins that it touches, each by the words for it: `functionArns`. */
  readonly arns?: Readonly<Record<string, Twins>>;
  readonly extraMistakes?: readonly Mistake[];
  readonly permissions: (site: SwitchSite) => readonly SwitchPermission[];
  readonly render: SwitchBlock['render'];
}

/** A step with the checks that all steps have. @internal */
export function block(props: SwitchStepProps, own: BlockProps): SwitchBlock {
  const { arns = {}, extraMistakes = [], ...rest } = own;
  return {
    ...rest,
    name: props.name,
    description: props.description,
    timeout: props.timeout,
    accounts: () => Object.values(arns).flatMap((each) => Object.values(each.arns).flatMap(accountsOf)),
    mistakes: (regions) => [
      ...nameMistakes(props.name),
      ...timeoutMistakes(props),
      ...Object.entries(arns).flatMap(([what, twins]) => [
        ...regionMistakes(`${props.name}: ${what}`, twins.arns, regions),
        ...arnMistakes(`${props.name}: ${what}`, twins, regions),
      ]),
      ...extraMistakes,
    ],
  };
}

/** The account in an ARN; `undefined` where it is known at deployment only or there is none. @internal */
export function accountOf(arn: string | undefined): string | undefined {
  const account = arn?.startsWith('arn:') ? arn.split(':')[4] : undefined;
  return account === '' || Token.isUnresolved(account) ? undefined : account;
}

/** The ARNs of twins, in the order of their regions. @internal */
export function arnsOf(byRegion: RegionalArns): string[] {
  return Object.entries(byRegion)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, arn]) => arn);
}

/** The same for permissions on several resources, account by account. @internal */
export function perAccount(arns: readonly string[], actions: readonly string[]): SwitchPermission[] {
  const accounts = [...new Set(arns.map(accountOf))];
  return accounts.map((account) => ({
    actions,
    resources: arns.filter((arn) => accountOf(arn) === account),
    account,
  }));
}

/** What can only be allowed on everything, in each account where something is touched. @internal */
export function onEverything(arns: readonly string[], actions: readonly string[]): SwitchPermission[] {
  return [...new Set(arns.map(accountOf))].map((account) => ({ actions, resources: ['*'], account }));
}

/** A mistake where a number is not within bounds. @internal */
export function boundMistakes(
  what: string,
  value: number | undefined,
  { least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number },
): Mistake[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  return [
    {
      problem: `${what} is ${value}, but Region switch takes whole numbers of ${range}`,
      fix: `set it to ${range}`,
    },
  ];
}

/** A mistake where a text has not the form that the service takes. @internal */
export function formMistakes(what: string, value: string, form: RegExp, example: string): Mistake[] {
  if (Token.isUnresolved(value) || form.test(value)) return [];
  return [
    {
      problem: `${what} is ${quoted(value)}, which Region switch does not take`,
      fix: `write it as ${example}`,
    },
  ];
}

function accountsOf(arn: string): string[] {
  const account = accountOf(arn);
  return account === undefined ? [] : [account];
}

function nameMistakes(name: string): Mistake[] {
  if (name.trim() !== '') return [];
  return [{ problem: 'a step has no name', fix: 'name it after what it does: Promote orders' }];
}

function timeoutMistakes({ name, timeout }: SwitchStepProps): Mistake[] {
  if (timeout === undefined) return [];
  if (timeout.isUnresolved()) {
    return [
      {
        problem: `${name}: timeout is known at deployment only`,
        fix: 'write timeout as a number of minutes',
      },
    ];
  }
  return boundMistakes(`${name}: timeout in minutes`, timeout.toMinutes({ integral: false }), { least: 1 });
}

/** An ARN must be of the region that it stands for, and of what the step works on; parts that deployment fills in are not read. */
function arnMistakes(
  what: string,
  { arns, service, resource }: Twins,
  regions: readonly string[],
): Mistake[] {
  return Object.entries(arns).flatMap(([region, arn]) => {
    if (!arn.startsWith('arn:') || !regions.includes(region)) return [];
    const [, , ofService = '', ofRegion = '', , ...rest] = arn.split(':');
    const name = rest.join(':');
    const differs = (found: string, wanted: string) => !Token.isUnresolved(found) && found !== wanted;
    const example = `arn:aws:${service}:${region}:111122223333:${resource}...`;
    if (differs(ofRegion, region))
      return [
        {
          problem: `${what} has for ${region} an ARN of ${ofRegion || 'no region'}: ${arn}`,
          fix: `write the one of ${region}: ${example}`,
        },
      ];
    const isOther = differs(ofService, service) || (!Token.isUnresolved(name) && !name.startsWith(resource));
    if (!isOther) return [];
    return [
      {
        problem: `${what} has for ${region} ${quoted(arn)}, which is something else`,
        fix: `write ${example}`,
      },
    ];
  });
}

/** @internal */
export function regionMistakes(
  what: string,
  byRegion: Readonly<Record<string, unknown>>,
  regions: readonly string[],
): Mistake[] {
  const named = Object.keys(byRegion);
  const missing = regions.filter((region) => !named.includes(region));
  const strange = named.filter((region) => !regions.includes(region));
  return [
    ...missing.map((region) => ({
      problem: `${what} has nothing for ${region}`,
      fix: `add ${region}: the plan must be able to go both ways`,
    })),
    ...strange.map((region) => ({
      problem: `${what} names ${region}, which is no region of the plan`,
      fix: `name ${regions.join(' and ')}`,
    })),
  ];
}
