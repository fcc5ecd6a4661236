import type { AssessedService } from './assessed-service';

type Staged = Pick<AssessedService, 'name' | 'stage' | 'stages'>;

/** What people call a service: its name, with its stage where each stage is assessed by itself: `shop (Prod)`. */
export function labelOf({ name, stage }: Pick<Staged, 'name' | 'stage'>): string {
  return stage === undefined ? name : `${name} (${stage})`;
}

/** Whether a name that somebody gave is that of a service, in all of its stages or in this one. */
export function isCalled(service: Pick<Staged, 'name' | 'stage'>, given: string): boolean {
  return given === service.name || given === labelOf(service);
}

/** Whether a stage is another one, or the other stands in it; what is in no stage is around all. */
export function encloses(outer: string | undefined, inner: string | undefined): boolean {
  if (outer === undefined || outer === inner) return true;
  return inner?.startsWith(`${outer}/`) ?? false;
}

/** The services of a name that another one means by it: those of its own stages, else all. */
export function servicesMeant(
  name: string,
  by: Staged,
  services: readonly AssessedService[],
): readonly AssessedService[] {
  const all = services.filter((service) => service.name === name);
  const near = all.filter((service) => shareStages(service, by));
  return near.length > 0 ? near : all;
}

/** Whether two services have a stage in common; what is in no stage has all. */
export function shareStages({ stages: one = [] }: Staged, { stages: other = [] }: Staged): boolean {
  if (one.length === 0 || other.length === 0) return true;
  return one.some((a) => other.some((b) => encloses(a, b) || encloses(b, a)));
}

/** Whether two services stand in the very same stages. */
export function haveSameStages({ stages: one = [] }: Staged, { stages: other = [] }: Staged): boolean {
  return one.length === other.length && one.every((stage) => other.includes(stage));
}

/** The stages that a service is joined over; fewer than two are none. */
export function joinedStages({ stages = [] }: Pick<Staged, 'stages'>): readonly string[] {
  const inner = stages.filter((stage) => !stages.some((other) => other !== stage && encloses(stage, other)));
  return inner.length > 1 ? inner : [];
}
