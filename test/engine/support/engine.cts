import { stopPlatform } from './container.cts';

export * from './embeddedEngine.cts';

// What n8n has stored for a test file goes with its last test.
afterAll(stopPlatform);
