import { fileServerSpansZones } from '../../../lib/audit/rules/fsx';
import { checks } from '../../support/rule-cases';

const windows = (DeploymentType?: unknown) => ({
  FileSystemType: 'WINDOWS',
  WindowsConfiguration: { DeploymentType },
});
const subject = (properties: object) => ({
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
  Resources: { Files: { Type: 'AWS::FSx::FileSystem', Properties: properties } },
});

checks(fileServerSpansZones, {
  passes: {
    'a Windows server has a standby': windows('MULTI_AZ_1'),
    'an ONTAP server has a standby': {
      FileSystemType: 'ONTAP',
      OntapConfiguration: { DeploymentType: 'MULTI_AZ_2' },
    },
    'an OpenZFS server has a standby': {
      FileSystemType: 'OPENZFS',
      OpenZFSConfiguration: { DeploymentType: 'MULTI_AZ_1' },
    },
  },
  fails: {
    'a Windows server stands alone': windows('SINGLE_AZ_2'),
    'a Windows server takes the default': windows(),
    'an ONTAP server stands alone': {
      FileSystemType: 'ONTAP',
      OntapConfiguration: { DeploymentType: 'SINGLE_AZ_1' },
    },
    'an OpenZFS server has its standby in the same zone': {
      FileSystemType: 'OPENZFS',
      OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_HA_2' },
    },
  },
  unknown: {
    'the deployment is a parameter without default': subject(windows({ Ref: 'Given' })),
    'a condition decides': subject(windows({ 'Fn::If': ['IsGiven', 'MULTI_AZ_1', 'SINGLE_AZ_2'] })),
    'the kind of server is a parameter': subject({ FileSystemType: { Ref: 'Given' } }),
  },
  notApplicable: { 'Lustre comes in one zone only': { FileSystemType: 'LUSTRE' } },
});
