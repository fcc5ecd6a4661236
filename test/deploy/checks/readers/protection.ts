import type { Reader } from './reader';

/** What keeps data from being read, lost or ended. */
export const PROTECTION_READERS: Readonly<Record<string, Reader>> = {
  // Not its metadata and not its policy: asked for those of a key that CloudFormation made, moto crashes.
  'AWS::KMS::Key': async ({ physicalId: id }, { raw }) => {
    const asked = { KeyId: id };
    const live = await raw.json('kms', 'TrentService.GetKeyRotationStatus', asked);
    return { ...live, EnableKeyRotation: live.KeyRotationEnabled };
  },
};
