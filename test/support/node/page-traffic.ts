import type { HTTPRequest, HTTPResponse, Page } from 'puppeteer-core';

/** All that came to a page and left it, as text: for what must not be in it. */
export class PageTraffic {
  private readonly pages: Page[] = [];
  private readonly texts: (string | Promise<string>)[] = [];

  /** Watches a page. Do it before it goes anywhere. */
  watch(page: Page): void {
    this.pages.push(page);
    page.on('console', (message) => this.texts.push(message.text()));
    page.on('pageerror', (error) => this.texts.push(String(error)));
    page.on('request', (request) => {
      this.texts.push(textOf(request));
      if (request.hasPostData()) this.texts.push(request.fetchPostData().then((body) => body ?? ''));
    });
    page.on('response', (response) => {
      // A preflight has no body, and a browser has none of what it took from its cache.
      this.texts.push(
        textOf(response),
        response.text().catch(() => ''),
      );
    });
  }

  /** Everything so far, and the pages as they are now. */
  async text(): Promise<string> {
    const html = this.pages.map((page) => page.content());
    return (await Promise.all([...this.texts, ...html])).join('\n');
  }
}

function textOf(message: HTTPRequest | HTTPResponse): string {
  return `${message.url()} ${JSON.stringify(message.headers())}`;
}
