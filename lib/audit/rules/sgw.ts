import {
  backsUpGatewayData,
  namesGatewayData,
  watchedVolumeIsBackedUp,
} from '../../assembly/data/gateway-volumes';
import { notApplicable } from '../../assembly/judgement';
import { BACKUP_COVERAGE } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const SELECTION = 'AWS::Backup::BackupSelection';

export const gatewayVolumesAreBackedUp: Rule = {
  id: 'SGW-02',
  title:
    'Volumes of Storage Gateway and virtual machines on premises that the app names are in a backup plan.',
  kind: 'backup',
  why: 'What stands on premises is lost with the site unless AWS Backup holds a copy of it.',
  fix: 'list the ARN of the volume or the machine in a backup selection whose plan has rules',
  severity: LOW,
  appliesTo: ['AWS::CloudWatch::Alarm', SELECTION],
  controls: BACKUP_COVERAGE,
  sources: [
    `${CONFIG}/storagegateway-resources-protected-by-backup-plan.html`,
    `${CONFIG}/virtualmachine-resources-protected-by-backup-plan.html`,
  ],
  check: (resource) => {
    if (resource.type !== SELECTION) return watchedVolumeIsBackedUp(resource);
    return namesGatewayData(resource)
      ? backsUpGatewayData(resource)
      : notApplicable('it names nothing that stands on premises');
  },
};
