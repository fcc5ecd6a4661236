/** What a service takes where a property is left out. */
export interface ServiceDefault {
  readonly value: string | number | boolean;

  /** The page that says so. */
  readonly source: string;
}

/** Defaults by CloudFormation type and property path. @internal */
export type ServiceDefaults = Readonly<Record<string, Readonly<Record<string, ServiceDefault>>>>;
