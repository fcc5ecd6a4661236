import { isObject, own } from '../json';
import type { Json, JsonObject } from '../source';
import { compact, writtenAtDeploy } from './expansion';

/** An object of a bucket, in the words of Lambda. */
export function objectInBucket(location: Json): JsonObject {
  if (isObject(location) && Object.hasOwn(location, 'Bucket')) {
    return compact({
      S3Bucket: own(location, 'Bucket'),
      S3Key: own(location, 'Key'),
      S3ObjectVersion: own(location, 'Version'),
    });
  }
  const found =
    typeof location === 'string' ? /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(location) : null;
  const [, bucket, key, version] = found ?? [];
  if (bucket === undefined) return writtenAtDeploy(location);
  return compact({ S3Bucket: bucket, S3Key: key, S3ObjectVersion: version });
}
