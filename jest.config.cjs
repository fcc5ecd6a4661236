/** What `npm test` runs: everything that needs neither a deploy target nor data from outside the project. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/test/corpus/', '/test/deploy/', '/test/bench/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '/cdk\\.out/'],
  transform: { '^.+\\.tsx?$': '<rootDir>/test/support/transform.cjs' },
  moduleNameMapper: {
    '^cdk-nines$': '<rootDir>/lib/index.ts',
    '^cdk-nines/calculus$': '<rootDir>/lib/calculus/index.ts',
    '^cdk-nines/audit$': '<rootDir>/lib/audit/index.ts',
    '^cdk-nines/nag$': '<rootDir>/lib/synth/nag.ts',
  },
  setupFiles: ['<rootDir>/test/support/environment.cjs'],
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  coverageProvider: 'v8',
};
