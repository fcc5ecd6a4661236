/** An output of another stack that a template reads with `Fn::GetStackOutput`. @internal */
export interface StackOutput {
  readonly stackName: string;
  readonly output: string;

  /** `undefined` for the region of the reader. */
  readonly region: string | undefined;
}

/** Every output of another stack that a part of a resolved template reads. @internal */
export function stackOutputsIn(part: unknown): StackOutput[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'Fn::GetStackOutput' ? [stackOutput(value), ...stackOutputsIn(value)] : stackOutputsIn(value),
  );
}

function stackOutput(call: Partial<Record<'StackName' | 'OutputName' | 'Region', unknown>>): StackOutput {
  return {
    stackName: String(call.StackName),
    output: String(call.OutputName),
    region: typeof call.Region === 'string' ? call.Region : undefined,
  };
}
