import { launchTemplateOf } from '../compute/launch-settings';
import { publicImageOf } from '../compute/public-image';
import { all, fail, type Judgement, notApplicable, unknown } from '../judgement';
import { Resource } from '../resource';
import { isMap, Unknown } from '../value';

/** Where the block devices stand of what starts instances. */
const DEVICES: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::LaunchConfiguration': 'BlockDeviceMappings',
  'AWS::EC2::Instance': 'BlockDeviceMappings',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.BlockDeviceMappings',
};

/** The types that name block devices. */
export const BLOCK_DEVICE_TYPES: readonly string[] = Object.keys(DEVICES);

/** Judges whether every volume that a resource is, or asks for, is encrypted. */
export function volumesEncrypted(resource: Resource): Judgement {
  const path = DEVICES[resource.type];
  if (path === undefined) return encryptedAt(resource, '');
  const template = resource.get(path) === undefined ? launchTemplateOf(resource) : undefined;
  if (template instanceof Resource) return volumesEncrypted(template);
  if (template instanceof Unknown) return unknown(path, template);
  const devices = resource.list(path);
  if (devices instanceof Unknown) return unknown(path, devices);
  if (devices.length === 0) return encryptedAsImage(resource, path);
  const judged = devices.map((device, index) => {
    if (device instanceof Unknown) return unknown(path, device);
    // A device without a volume is in the instance, or none.
    const hasVolume = isMap(device) && device.Ebs !== undefined;
    return hasVolume
      ? encryptedAt(resource, `${path}.${index}.Ebs.`)
      : notApplicable('the device is no EBS volume');
  });
  const known = all(...judged);
  return known.outcome === 'notApplicable' ? notApplicable('it asks for no EBS volume') : known;
}

/** Without devices of its own, an instance has those of its image: volumes of snapshots, encrypted as these are. */
function encryptedAsImage(resource: Resource, path: string): Judgement {
  const image = publicImageOf(resource, path.replace('BlockDeviceMappings', 'ImageId'));
  return image === undefined
    ? unknown(path, 'the volumes are those of the image, and encrypted as it is')
    : fail({
        property: path,
        found: `the volumes of ${image}, a public image: what is public is not encrypted`,
        needed: 'the devices of the image with Ebs.Encrypted true',
      });
}

/** What is restored from a snapshot without a word on encryption is encrypted as the snapshot is. */
function encryptedAt(resource: Resource, prefix: string): Judgement {
  const judged = resource.is(`${prefix}Encrypted`, true, { default: false });
  if (judged.outcome !== 'fail') return judged;
  const snapshot = resource.get(`${prefix}SnapshotId`);
  const unset = resource.get(`${prefix}Encrypted`) === undefined;
  // A snapshot that is encrypted makes encrypted volumes, whatever the template says.
  return snapshot === undefined || snapshot === ''
    ? judged
    : unknown(
        `${prefix}Encrypted`,
        `${unset ? 'it' : 'encryption'} is taken from SnapshotId, which is not in the app`,
      );
}

/** Judges a copy of snapshots to another region: encrypted, with a key of the customer. */
export function copyEncrypted(policy: Resource, path: string): Judgement {
  const key = `${path}.CmkArn`;
  const value = policy.get(key);
  const own = policy.isSet(key, 'the ARN of a key of yours');
  const managed = typeof value === 'string' && /alias\/aws\//.test(value);
  return all(
    policy.is(`${path}.Encrypted`, true, { default: false }),
    managed ? fail({ property: key, found: `${value}, which AWS manages`, needed: 'a key of yours' }) : own,
  );
}
