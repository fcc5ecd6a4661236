import { certificateRenewsItself } from '../../../lib/audit/rules/acm';
import { checks } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const listener = (arn: unknown) => ({
  Parameters: PARAMETERS,
  Resources: {
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { Certificates: [{ CertificateArn: arn }] },
    },
  },
});
const IMPORTED = 'arn:aws:iam::111122223333:server-certificate/shop';

checks(certificateRenewsItself, {
  passes: {
    'the domain proves itself by DNS': { ValidationMethod: 'DNS' },
    'a private authority issues it': {
      CertificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1',
    },
  },
  fails: {
    'nothing is said': { DomainName: 'shop.example' },
    'somebody must answer a mail': { ValidationMethod: 'EMAIL' },
    'a listener has a certificate of IAM': listener(IMPORTED),
    'a distribution has a certificate of IAM': {
      Resources: {
        Web: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: { DistributionConfig: { ViewerCertificate: { IamCertificateId: 'ASCA1' } } },
        },
      },
    },
  },
  unknown: {
    'the method is a parameter without a default': {
      Parameters: PARAMETERS,
      Resources: {
        Subject: {
          Type: 'AWS::CertificateManager::Certificate',
          Properties: { ValidationMethod: { Ref: 'Given' } },
        },
      },
    },
    'a listener has a certificate that is not in the app': listener(
      'arn:aws:acm:eu-west-1:111122223333:certificate/1',
    ),
    'a listener has a certificate by parameter': listener({ Ref: 'Given' }),
  },
  notApplicable: {
    'a listener names no certificate': {
      Resources: { Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener' } },
    },
  },
});
