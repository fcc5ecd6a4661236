import { DependencyKind } from '../objectives/dependency';
import type { ServiceAssessment } from './assessment';

/** What the ids of events begin with that can be lost by name. */
export const EVENT_PREFIX = {
  service: 'service:',
  thirdParty: 'third-party:',
  switch: 'switch:',
  software: 'software:',
} as const;

/** Something that is neither a place nor a resource. */
export type LostEventKind = keyof typeof EVENT_PREFIX;

export function isEventKind(kind: string): kind is LostEventKind {
  return Object.hasOwn(EVENT_PREFIX, kind);
}

/** The names of a kind that a service knows, as the ids of events have them: `lambda@eu-west-1`. */
export function eventNamesOf(
  { availability: { model } }: ServiceAssessment,
  kind: LostEventKind,
): readonly string[] {
  const prefix = EVENT_PREFIX[kind];
  return [...model.events.keys()].filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
}

/** What a service declares that it goes on without. */
export function softNamesOf({ service }: ServiceAssessment, kind: LostEventKind): readonly string[] {
  const soft = ({ kind: each }: { readonly kind: DependencyKind }) => each !== DependencyKind.HARD;
  if (kind === 'thirdParty') return service.thirdParties.filter(soft).map(({ name }) => name);
  if (kind === 'service') return service.dependsOn.filter(soft).map(({ service: name }) => name);
  return [];
}

/** The names that somebody may mean: that one, however it is written, else all that are called so in some region. */
export function eventsMeant(
  written: string,
  kind: LostEventKind,
  services: readonly ServiceAssessment[],
): readonly string[] {
  const known = new Map(
    services.flatMap((service) => [
      ...eventNamesOf(service, kind).map((name): [string, string] => [name, wordsOf(service, kind, name)]),
      ...softNamesOf(service, kind).map((name): [string, string] => [name, name]),
    ]),
  );
  const word = bare(written);
  const names = [...known].filter(([name]) => name === written);
  const alike = [...known].filter(([name, what]) => [name, what].map(bare).includes(word));
  const anywhere = [...known].filter(([name, what]) =>
    [name, what].map((each) => bare(each).split('@')[0]).includes(word),
  );
  const found = [names, alike, anywhere].find(({ length }) => length > 0) ?? [];
  return found.map(([name]) => name).sort();
}

function wordsOf({ availability: { model } }: ServiceAssessment, kind: LostEventKind, name: string): string {
  return model.events.get(`${EVENT_PREFIX[kind]}${name}`)?.what ?? name;
}

/** `AWS Lambda in eu-west-1` is `lambda@eu-west-1`. */
function bare(name: string): string {
  const [what = '', ...place] = name
    .toLowerCase()
    .replace(/^(aws|amazon)\s+/, '')
    .split(/@| in (?=[a-z]+(?:-[a-z]+)+-\d$)/);
  return [what, ...place].map((part) => part.replace(/[^a-z0-9]/g, '')).join('@');
}
