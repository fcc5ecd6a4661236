/** The kinds of disruption that a service recovers from. */
export type Disruption = 'rollback' | 'dataRepair' | 'instance' | 'availabilityZone' | 'region';

/** Every kind of disruption, software first, then the larger and larger failure domains. */
export const DISRUPTIONS: readonly Disruption[] = [
  'rollback',
  'dataRepair',
  'instance',
  'availabilityZone',
  'region',
];

/** The kinds of disruption that can lose data. */
export type DataDisruption = Exclude<Disruption, 'rollback'>;

/** Every kind of disruption that can lose data. */
export const DATA_DISRUPTIONS: readonly DataDisruption[] = [
  'dataRepair',
  'instance',
  'availabilityZone',
  'region',
];

const WORDS: Readonly<Record<Disruption, string>> = {
  rollback: 'a bad deploy that is rolled back',
  dataRepair: 'data repaired from a backup',
  instance: 'the loss of an instance',
  availabilityZone: 'the loss of a zone',
  region: 'the loss of a region',
};

/** A kind of disruption in words: `the loss of a zone`. */
export function disruptionName(disruption: Disruption): string {
  return WORDS[disruption];
}
