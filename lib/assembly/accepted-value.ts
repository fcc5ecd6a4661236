import type { AcceptedByType, AcceptedValues } from '../calculus/accepted-values';
import { fail, type Judgement, notApplicable, pass, unknown } from './judgement';
import { type Place, placesOf } from './places';
import type { Resource } from './resource';
import { describe, isScalar, Unknown, wordOf } from './value';

/** Judges whether every value of an enumeration is one that the service accepts. */
export function acceptedOnly(accepted: AcceptedByType): (resource: Resource) => readonly Judgement[] {
  return (resource) => [
    notApplicable('none of these properties is set'),
    ...(accepted[resource.type] ?? []).flatMap((one) =>
      placesOf(resource, one.path).map((place) => judge(place, one)),
    ),
  ];
}

function judge({ path, value, presence }: Place, { values }: AcceptedValues): Judgement {
  if (value instanceof Unknown) return unknown(path, value);
  if (!isScalar(value)) return unknown(path, `${path} is ${describe(value)}, known only at deploy`);
  if (values.includes(wordOf(value))) return pass({ property: path, found: describe(value) });
  return presence instanceof Unknown
    ? unknown(path, presence)
    : fail({ property: path, found: describe(value), needed: values.join(' or ') });
}
