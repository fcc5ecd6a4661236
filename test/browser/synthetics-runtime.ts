import type { Browser, BrowserContext, Page } from 'playwright-core';
import { systemBrowser } from './browser';

/** A step as the runtime reports it. */
export interface ReportedStep {
  readonly name: string;
  readonly status: 'PASSED' | 'FAILED';
  readonly failureReason?: string;
}

/**
 * What the Playwright runtime of a canary gives to its script, with the Chromium of this system instead of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Nodejs_Playwright.html
 */
export class SyntheticsRuntime {
  readonly steps: ReportedStep[] = [];
  private browser?: Browser;

  /** A browser that was opened before is closed. */
  async launch(): Promise<Browser> {
    await this.close();
    this.browser = await systemBrowser();
    return this.browser;
  }

  newPage(of: Browser | BrowserContext): Promise<Page> {
    return of.newPage();
  }

  /** Reports how the step went, and lets its failure go on. */
  async executeStep<T>(name: string, step: () => Promise<T>): Promise<T> {
    try {
      const result = await step();
      this.steps.push({ name, status: 'PASSED' });
      return result;
    } catch (error) {
      const failureReason = error instanceof Error ? error.message : String(error);
      this.steps.push({ name, status: 'FAILED', failureReason });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }

  /** Whether a browser still runs. */
  get open(): boolean {
    return this.browser?.isConnected() ?? false;
  }
}
