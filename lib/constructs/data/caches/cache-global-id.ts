import type { Mistake } from '../../../objectives/mistakes';

/**
 * What AWS puts before the name of a Global Datastore, by the region that makes it. MemoryDB does the same for its
 * Multi-Region clusters; its pages give one of the prefixes, which is that of ElastiCache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
 */
const PREFIXES: Readonly<Record<string, string>> = {
  'ap-east-1': 'knjmp',
  'ap-northeast-1': 'quwsw',
  'ap-northeast-2': 'lfqnh',
  'ap-northeast-3': 'nlapn',
  'ap-south-1': 'erpgt',
  'ap-southeast-1': 'vlqxn',
  'ap-southeast-2': 'vbgxd',
  'ca-central-1': 'bxodz',
  'cn-north-1': 'emvgo',
  'cn-northwest-1': 'ckbem',
  'eu-central-1': 'iudkw',
  'eu-west-1': 'gxeiz',
  'eu-west-2': 'okuqm',
  'eu-west-3': 'fgjhi',
  'sa-east-1': 'juxlw',
  'us-east-1': 'ldgnf',
  'us-east-2': 'fpkhr',
  'us-west-1': 'virxk',
  'us-west-2': 'sgaui',
};

/**
 * The id that AWS gives, known before it is made: so another region can join without reading it.
 *
 * @returns `undefined` where AWS does not say what it puts before the name
 * @internal
 */
export function globalId(homeRegion: string, suffix: string): string | undefined {
  const prefix = PREFIXES[homeRegion];
  return prefix && `${prefix}-${suffix}`;
}

/** What to say where the id cannot be known before. @internal */
export function unknownIdMistakes(id: string | undefined, prop: string, homeRegion: string): Mistake[] {
  if (id !== undefined) return [];
  return [
    {
      problem: `AWS does not say what it puts before names that are made in ${homeRegion}, so the id is not known yet`,
      fix: `deploy ${homeRegion} alone first, then set ${prop} to the id that AWS made`,
    },
  ];
}
