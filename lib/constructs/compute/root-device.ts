import {
  AmazonLinux2ImageSsmParameter,
  AmazonLinux2023ImageSsmParameter,
  AmazonLinuxImage,
  GenericWindowsImage,
  type IMachineImage,
  WindowsImage,
} from 'aws-cdk-lib/aws-ec2';
import { Annotations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html */
const AMAZON_LINUX = '/dev/xvda';
const WINDOWS = '/dev/sda1';

const LINUX_IMAGES = [AmazonLinux2ImageSsmParameter, AmazonLinux2023ImageSsmParameter, AmazonLinuxImage];
const WINDOWS_IMAGES = [WindowsImage, GenericWindowsImage];

/** Where AWS keeps the ids of its images of Amazon Linux. */
const PARAMETERS = '/aws/service/ami-amazon-linux-latest/';

/**
 * What an image calls its root volume: told, or as images of its kind do. Of another image it is assumed, with a warning:
 * a wrong name makes a second volume, and leaves the root as the image has it.
 *
 * @internal
 */
export function rootDevice(scope: Construct, image: IMachineImage, told: string | undefined): string {
  if (told !== undefined) return told;
  if (WINDOWS_IMAGES.some((kind) => image instanceof kind)) return WINDOWS;
  const parameter = 'parameterName' in image ? String(image.parameterName) : '';
  const isKnown = LINUX_IMAGES.some((kind) => image instanceof kind) || parameter.startsWith(PARAMETERS);
  if (!isKnown)
    Annotations.of(scope).addWarningV2(
      'cdk-nines:rootDevice',
      `nobody says what the image calls its root volume, so ${AMAZON_LINUX} is assumed: where it is called otherwise, the root volume is not encrypted; set rootDeviceName (${WINDOWS} for Ubuntu and Windows)`,
    );
  return AMAZON_LINUX;
}
