import { any, fail, type Judgement, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { describe, isList, isMap, Unknown, type Value, type ValueMap } from '../value';

const OBJECT = 'AWS::S3::Object';

/** What a selector names where it means the objects of every bucket. */
const ALL_BUCKETS = /^arn:(aws|aws-cn|aws-us-gov|\{.*\}):s3(:::)?$/;

/** Judges whether a trail records the events of the objects of all buckets. */
export function selectsAllBuckets(trail: Resource): Judgement {
  return any(
    ...selectorsIn(trail, 'EventSelectors', selectsByArn),
    ...selectorsIn(trail, 'AdvancedEventSelectors', selectsByField),
    fail({
      found: 'no selector for the objects of all buckets',
      needed: `data events of ${OBJECT} for all buckets`,
    }),
  );
}

type Test = (selector: ValueMap) => boolean | Unknown;

function selectorsIn(trail: Resource, property: string, test: Test): readonly Judgement[] {
  const selectors = trail.list(property);
  if (selectors instanceof Unknown) return [unknown(property, selectors)];
  return selectors.flatMap((selector) => {
    const selects = isMap(selector) ? test(selector) : selector instanceof Unknown && selector;
    if (selects instanceof Unknown) return [unknown(property, selects)];
    return selects ? [pass({ property, found: 'the objects of all buckets' })] : [];
  });
}

function selectsByArn({ DataResources: resources }: ValueMap): boolean | Unknown {
  if (resources instanceof Unknown) return resources;
  const entries = listOf(resources).map((resource) =>
    isMap(resource) ? meansAll(resource) : open(resource),
  );
  return entries.includes(true) || (entries.find((entry) => entry instanceof Unknown) ?? false);
}

function meansAll({ Type: type, Values: values }: ValueMap): boolean | Unknown {
  if (type instanceof Unknown) return type;
  if (type !== OBJECT) return false;
  if (values instanceof Unknown) return values;
  const arns = listOf(values);
  if (arns.some((arn) => ALL_BUCKETS.test(describe(arn)))) return true;
  return arns.find((arn) => arn instanceof Unknown) ?? false;
}

/** Fields other than the category, the type and the direction leave some buckets out. */
function selectsByField({ FieldSelectors: fields }: ValueMap): boolean | Unknown {
  if (fields instanceof Unknown) return fields;
  const selectors = listOf(fields).filter(isMap);
  const named = (field: string) => selectors.filter(({ Field }) => Field === field);
  const equals = (field: string, value: string) =>
    named(field).some(({ Equals }) => listOf(Equals).includes(value));
  const narrowed = selectors.some((selector) => !isWide(selector));
  return equals('eventCategory', 'Data') && equals('resources.type', OBJECT) && !narrowed;
}

function isWide({ Field: field, StartsWith: start }: ValueMap): boolean {
  if (field === 'resources.ARN')
    return start !== undefined && listOf(start).some((arn) => ALL_BUCKETS.test(describe(arn)));
  return field === 'eventCategory' || field === 'resources.type' || field === 'readOnly';
}

function open(value: Value): boolean | Unknown {
  return value instanceof Unknown ? value : false;
}

function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
