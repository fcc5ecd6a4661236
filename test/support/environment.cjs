// The CDK's own validator costs 3 to 10 s and 300 MB in every test file; one end-to-end test leaves it on.
process.env.CDK_VALIDATION = 'false';
