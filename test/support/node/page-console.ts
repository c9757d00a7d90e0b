import type { Page } from 'puppeteer-core';

const PREFIX = '<millis-voice-agent> ';

/** What the widget says in a page's console, without its name before it. Hand `onPage` to `CallPage.open`. */
export function watchConsole(): {
  readonly said: () => readonly string[];
  readonly onPage: (page: Page) => void;
} {
  const lines: string[] = [];
  return {
    said: () => lines.filter((line) => line.startsWith(PREFIX)).map((line) => line.slice(PREFIX.length)),
    onPage: (page) => page.on('console', (message) => lines.push(message.text())),
  };
}
