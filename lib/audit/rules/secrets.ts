import { isRotated } from '../../assembly/data/secret-rotation';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const secretIsRotated: Rule = {
  id: 'SEC-01',
  title: 'Secrets are rotated on a schedule.',
  kind: 'compliance',
  why: 'A password that leaked works until somebody changes it, and a change that was never practised is an outage.',
  fix: 'add a rotation schedule for the secret',
  severity: MEDIUM,
  appliesTo: ['AWS::SecretsManager::Secret'],
  controls: families.ENCRYPTION_KEYS,
  sources: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html'],
  check: isRotated,
};
