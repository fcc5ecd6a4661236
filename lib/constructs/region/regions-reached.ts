/** Something of a region that a resource uses when it is deployed. @internal */
export interface ReachedRegion {
  /** What, in words. */
  readonly what: string;

  readonly region: string;
}

/**
 * The regions that the resources of a resolved template reach by name at deployment, where no reference shows it: the
 * calls of an `AwsCustomResource` and images in ECR. What Lambda code of a user's own custom resource calls is not seen.
 *
 * @internal
 */
export function regionsReachedBy(template: unknown): ReachedRegion[] {
  if (!isMapping(template) || !isMapping(template.Resources)) return [];
  return Object.values(template.Resources).filter(isMapping).flatMap(reachedByResource);
}

function reachedByResource({ Type, Properties }: Record<string, unknown>): ReachedRegion[] {
  const text = JSON.stringify(Properties ?? {});
  const images = [...text.matchAll(ECR_IMAGE)].map(([, region = '']) => ({
    what: 'an image in ECR',
    region,
  }));
  if (!isMapping(Properties) || !String(Type).startsWith('Custom::')) return images;
  const calls = ['Create', 'Update'].flatMap((when) => {
    const call = JSON.stringify(Properties[when] ?? '');
    const name = part(call, 'action');
    // Other custom resources may have properties of the same names: only these three together are a call.
    if (name === undefined || part(call, 'service') === undefined) return [];
    const region = part(call, 'region');
    return region === undefined ? [] : [{ what: `the answer of ${name}`, region }];
  });
  return [...images, ...calls.slice(0, 1)];
}

const ECR_IMAGE = /\.dkr\.ecr\.([a-z]{2}[a-z0-9-]*-\d)\./g;

/** A value in JSON that was written as a text into JSON, perhaps in pieces that are joined. */
function part(json: string, key: string): string | undefined {
  return new RegExp(`\\\\*"${key}\\\\*":\\\\*"([\\w-]+)`).exec(json)?.[1];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
