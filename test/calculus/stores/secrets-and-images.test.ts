import { SECRETS_AND_IMAGES } from '../../../lib/calculus/stores/secrets-and-images';
import { LOST, UNHARMED } from '../../../lib/calculus/stores/store';

describe('secrets and images', () => {
  test.each(Object.values(SECRETS_AND_IMAGES))('lose nothing with a zone: $store', ({ availabilityZone }) => {
    expect(availabilityZone).toEqual(UNHARMED);
  });

  test('are lost with their only region', () => {
    expect([SECRETS_AND_IMAGES.secret.region, SECRETS_AND_IMAGES.ecrRepository.region]).toEqual([LOST, LOST]);
  });

  test('are a minute and an hour behind, which nobody promises', () => {
    const { secretReplicated, ecrRepositoryReplicated } = SECRETS_AND_IMAGES;
    expect(secretReplicated).toMatchObject({ region: { rpoSeconds: 60 }, confidence: 'assumed' });
    expect(ecrRepositoryReplicated).toMatchObject({ region: { rpoSeconds: 3600 }, confidence: 'assumed' });
  });
});
