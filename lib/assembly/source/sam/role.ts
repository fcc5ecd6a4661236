import { isList, isObject, own } from '../json';
import type { Json, JsonObject } from '../source';
import { type Expansion, managedPolicy, type SamResource, tagList, writtenAtDeploy } from './expansion';
import { isIntrinsic, isNoValue, partsOfIf } from './globals';
import { statementsOfTemplate } from './policy-templates';

/** Names of AWS managed policies that stand below `service-role/`. */
const SERVICE_ROLE =
  /^(?:AWSLambda\w*(?:ExecutionRole|Role|RolePolicy)|AmazonS3ObjectLambdaExecutionRolePolicy)$/;

/** The role that the transform writes for a function or a state machine. */
export class RoleDraft {
  readonly managed: Json[] = [];
  readonly policies: Json[] = [];

  constructor(private readonly roleId: string) {}

  /** Adds an AWS managed policy once. */
  attach(policy: Json): void {
    const name = nameOf(policy);
    if (!this.managed.some((known) => nameOf(known) === name)) this.managed.push(policy);
  }

  /** Adds a statement as a policy of its own. */
  allow(name: string, action: string, resource: Json, version: JsonObject = {}): void {
    const statement = { Action: action, Effect: 'Allow', Resource: resource };
    this.policies.push({ PolicyName: name, PolicyDocument: { ...version, Statement: [statement] } });
  }

  /** Adds the entries of a `Policies` property. */
  addAll(policies: Json | undefined): void {
    if (policies === undefined) return;
    for (const [index, entry] of (isList(policies) ? policies : [policies]).entries()) this.add(entry, index);
  }

  private add(entry: Json, index: number): void {
    const name = `${this.roleId}Policy${index}`;
    const parts = partsOfIf(entry);
    if (typeof entry === 'string') this.attach(policyNamed(entry));
    else if (parts) this.addConditional(parts, name);
    else if (isIntrinsic(entry)) this.attach(entry);
    else if (isObject(entry)) this.policies.push(inline(entry, name));
    else this.policies.push(writtenAtDeploy(entry));
  }

  private addConditional([condition, yes, no]: readonly [string, Json, Json], name: string): void {
    const named = [yes, no].some((part) => typeof part === 'string');
    const branch = (part: Json): Json => {
      if (isNoValue(part) || isIntrinsic(part)) return part;
      if (typeof part === 'string') return policyNamed(part);
      return isObject(part) ? inline(part, name) : writtenAtDeploy(part);
    };
    const choice = { 'Fn::If': [condition, branch(yes), branch(no)] };
    if (named) this.managed.push(choice);
    else this.policies.push(choice);
  }

  /** Writes the role. */
  write(
    expansion: Expansion,
    sam: SamResource,
    {
      trust,
      condition,
      tags = tagList(own(sam.properties, 'Tags')),
    }: { readonly trust: Json; readonly condition?: string; readonly tags?: Json },
  ): void {
    expansion.add(sam, this.roleId, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust,
      ManagedPolicyArns: this.managed,
      Policies: this.policies.length > 0 ? this.policies : undefined,
      Path: own(sam.properties, 'RolePath'),
      PermissionsBoundary: own(sam.properties, 'PermissionsBoundary'),
      Tags: tags,
    });
    if (condition !== undefined) expansion.amend(this.roleId, { Condition: condition });
  }
}

/** A policy document, or one of the transform's templates; what those allow that nobody knows here is left open. */
function inline(entry: JsonObject, name: string): JsonObject {
  if (Object.hasOwn(entry, 'Statement')) return { PolicyName: name, PolicyDocument: entry };
  const statements = statementsOfTemplate(entry);
  const document = statements && { Statement: statements };
  return { PolicyName: name, PolicyDocument: document ?? writtenAtDeploy(entry) };
}

/** The same policy may be named with its partition or without. */
function nameOf(policy: Json): string {
  return JSON.stringify(policy)
    .replace(/^{"Fn::Sub":("[^"]*")}$/, '$1')
    .replace(/^"arn:(?:\$\{AWS::Partition\}|aws):/, '"arn:aws:');
}

function policyNamed(name: string): Json {
  if (name.startsWith('arn:')) return name;
  return managedPolicy(SERVICE_ROLE.test(name) ? `service-role/${name}` : name);
}
