/** Any value of a template or manifest, in CloudFormation's long form (`{ "Fn::GetAtt": ["A", "Arn"] }`). */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A mapping of a template. Keys are whatever the author wrote, so look them up with `Object.hasOwn`. */
export type JsonObject = { readonly [key: string]: Json };

/** One resource as its template declares it, intrinsics unevaluated. */
export interface TemplateResource {
  /** The CloudFormation type, such as `AWS::RDS::DBInstance`. */
  readonly Type: string;

  /** @default - none; may hold `Fn::Transform` beside or instead of properties */
  readonly Properties?: JsonObject;

  /** Name of the condition under which the resource exists. @default - always */
  readonly Condition?: string;

  /** Logical ids that must exist first. @default - none */
  readonly DependsOn?: string | readonly string[];

  /** @default - CloudFormation's default for the type */
  readonly DeletionPolicy?: Json;

  /** @default - CloudFormation's default for the type */
  readonly UpdateReplacePolicy?: Json;

  readonly Metadata?: JsonObject;
  readonly CreationPolicy?: JsonObject;
  readonly UpdatePolicy?: JsonObject;
}

/** A template as parsed: its shape is checked as far as these types promise, its intrinsics are not evaluated. */
export interface TemplateBody {
  /**
   * Logical ids to resources. Keys that start with `Fn::` (`Fn::ForEach::Name`, `Fn::Transform`) hold
   * something else: tell them apart with {@link isMacroKey}; their values are then any {@link Json}.
   */
  readonly Resources: Readonly<Record<string, TemplateResource>>;

  readonly AWSTemplateFormatVersion?: Json;
  readonly Description?: Json;
  readonly Parameters?: Readonly<Record<string, JsonObject>>;
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Outputs?: JsonObject;
  readonly Metadata?: JsonObject;
  readonly Rules?: JsonObject;
  readonly Globals?: JsonObject;
  readonly Hooks?: JsonObject;

  /** A macro name, a list of them, or an `Fn::Transform` style mapping. @default - no transform */
  readonly Transform?: Json;
}

/** Whether a key of a section is a macro call (`Fn::ForEach::Name`, `Fn::Transform`) rather than a logical id. */
export function isMacroKey(key: string): boolean {
  return key.startsWith('Fn::');
}

/** Where in the user's program a resource comes from. */
export interface ConstructOrigin {
  /** The construct path, such as `Shop/Database/Resource`. */
  readonly path: string;

  /**
   * The line of the user's program that made it.
   *
   * @default - unknown: the app was synthesised without stack traces
   */
  readonly source?: { readonly file: string; readonly line: number };
}

/** A rule that the user set aside for a construct and everything below it. */
export interface Acknowledgement {
  /** The construct path acknowledged. */
  readonly path: string;

  /** The rule's qualified id, such as `cdk-nines::RDS-01`. */
  readonly id: string;

  /** Why, in the user's words; empty if none were given. */
  readonly reason: string;

  /** Where in the user's program it was acknowledged, as recorded. @default - unknown */
  readonly at?: string;
}

/** One stack and the template it deploys. */
export interface SourceStack {
  /**
   * Unique in its app: the hierarchical id (`Prod/Shop`), for a nested stack the parent's id, a slash and the
   * logical id (`Prod/Shop/Nested`), for a bare template its name.
   */
  readonly id: string;

  /** The CloudFormation stack name; for a bare template the file name up to the first dot; else the logical id. */
  readonly name: string;

  /** Whether {@link name} is what the deployed stack will be called; false for bare and nested templates. */
  readonly nameKnown: boolean;

  /** The template file, relative to the working directory where it was given so. */
  readonly file: string;

  readonly template: TemplateBody;

  /** @default - unknown */
  readonly account?: string;

  /** @default - unknown */
  readonly region?: string;

  /** The stage that it stands in, as the path of its construct: `Prod`, `Prod/Eu`. @default - none */
  readonly stage?: string;

  /** Ids of the stacks of the same app that deploy before this one, in code unit order. */
  readonly dependencies: readonly string[];

  /** Parameter values that the manifest passes. */
  readonly parameters: Readonly<Record<string, string>>;

  /** Stack tags that the manifest passes. */
  readonly tags: Readonly<Record<string, string>>;

  /** @default - unknown; the CDK's default is false */
  readonly terminationProtection?: boolean;

  /**
   * Topics that are told of what happens to the stack.
   *
   * @default - unknown; the CDK leaves those of the deployed stack as they are
   */
  readonly notificationArns?: readonly string[];

  /** Templates of `AWS::CloudFormation::Stack` resources, by logical id, where the file is at hand. */
  readonly nested: ReadonlyMap<string, SourceStack>;

  /** Construct path and source line of resources, by logical id, where known. */
  readonly constructs: ReadonlyMap<string, ConstructOrigin>;

  /**
   * Each stands in one stack only, that of its construct, and holds for all below its path: nested stacks too. Those
   * that an app or a stage itself was given are in no assembly.
   */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** A cloud assembly with its nested assemblies, or a bare template, or all bare templates together. */
export interface SourceApp {
  /** The name of the folder, or of the file up to the first dot. */
  readonly name: string;

  /** The folder or file. */
  readonly path: string;

  /** In code unit order of their ids; nested stacks hang below their parents. */
  readonly stacks: readonly SourceStack[];
}

/** A file of a folder that was not read, and a few words why. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

/** All that a call of the reader found. */
export interface Loaded {
  readonly apps: readonly SourceApp[];
  readonly skipped: readonly Skipped[];
}
