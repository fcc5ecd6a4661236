import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { keepSameData } from '../same-data';
import { ACCESS_POINT, routesTurned } from '../switching/access-point-routes';
import { usually } from '../switching/by-people';
import { ledBy } from '../switching/led-by';
import { notThrough } from '../switching/not-through';
import { sayStart } from '../switching/plan-start';
import { agreement } from './agreement';
import { bucketFails } from './files';
import { sharedElsewhereFails } from './shared-services';

/**
 * One name for buckets of several regions. Each request goes to the nearest one, whatever state that is in: that it is
 * left takes whoever turns its route.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequestRouting.html
 */
const POINT: Component = {
  types: [ACCESS_POINT],
  part: 'entry',
  fails: (point, model) => {
    const { held, others } = bucketsOf(point);
    if (others > 0)
      model.assume(
        `${others} of the buckets of ${nameOf(point)} are not in the app: they count as S3 does, and take over from none`,
        point,
      );
    return anyOf(
      model.own(point, agreement('globalAccelerator', 'Global Accelerator, which routes its requests')),
      others > 0 ? sharedElsewhereFails('s3', undefined, model) : anyOf(),
      bucketsFail(point, held, model),
    );
  },
};

export const ACCESS_POINTS: readonly Component[] = [POINT];

function bucketsOf(point: Resource): { readonly held: readonly Resource[]; readonly others: number } {
  const named = valuesAt(point, 'Regions.*.Bucket');
  const found = named.map((name) => point.stack.graph.resolve(name, point));
  const held = [...new Set(found.filter((bucket) => bucket instanceof Resource))];
  return { held, others: found.filter((bucket) => !(bucket instanceof Resource)).length };
}

/** Users of a broken bucket can be led to those that keep the same data. */
function bucketsFail(point: Resource, buckets: readonly Resource[], model: Modelling): Failure {
  const of = (bucket: Resource) => model.of(bucket, bucket);
  return anyOf(
    allOf(...buckets.map(of)),
    ...(buckets.length < 2 ? [] : buckets).map((bucket) => {
      const takers = buckets.filter((other) => other !== bucket && takesOver(other, bucket));
      if (takers.length === 0) {
        model.assume(
          `users of ${nameOf(bucket)} have nowhere to go: nothing replicates it to another bucket of ${nameOf(point)}`,
          bucket,
        );
        return of(bucket);
      }
      // Its own way back is that of the routes, and not that of the bucket, of which another region has a copy.
      return allOf(
        bucketFails(bucket, model),
        anyOf(turnFails(point, { bucket, takers }, model), allOf(...takers.map(of))),
      );
    }),
  );
}

function takesOver(other: Resource, bucket: Resource): boolean {
  return regionKey(other) !== regionKey(bucket) && keepSameData(other, bucket);
}

function turnFails(
  point: Resource,
  { bucket, takers }: { readonly bucket: Resource; readonly takers: readonly Resource[] },
  model: Modelling,
): Failure {
  const name = nameOf(point);
  const services = model.services.filter(({ resources }) => resources.includes(point));
  const { plan, terms, assumed } = ledBy(services, { from: [regionKey(bucket)], to: takers.map(regionKey) });
  if (plan) sayStart(plan, assumed, model);
  model.assume(
    `${plan ? nameOf(plan) : 'a person'} turns the routes of ${name} away from a bucket that is broken: it goes by distance, and not by health`,
    point,
  );
  return anyOf(
    model.event({
      id: `switch:${name}`,
      kind: 'switch',
      what: `failover of ${name}`,
      resources: [point],
      likelihood: model.assumption('switchOnDemand'),
    }),
    notThrough(
      {
        id: `${name} ${regionKey(bucket)}`,
        usersOf: name,
        broken: nameOf(bucket),
        resources: [point],
        led: [...terms, usually(routesTurned(point))],
      },
      model,
    ),
  );
}
