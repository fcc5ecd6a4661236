import { EventField } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { SecretValue } from 'aws-cdk-lib/core';
import { missing, refuse } from '../../../objectives/mistakes';

/** What is written without a compiler is caught here; blanks are as good as nothing. @internal */
export function need<Props extends object>(
  tool: string,
  props: Props,
  ...names: (keyof Props & string)[]
): void {
  const given = Object.entries(props ?? {}).filter(([, value]) => String(value).trim() !== '');
  refuse(`IncidentDestination.${tool}`, missing(Object.fromEntries(given) as Props, ...names));
}

/** A field of an incident. @internal */
export function data(field: string): string {
  return EventField.fromPath(`$.detail.data.${field}`);
}

/** A secret, or the field of one. @internal */
export function secretIn(secret: ISecret, field: string | undefined): SecretValue {
  return field === undefined ? secret.secretValue : secret.secretValueFromJson(field);
}
