import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CallPage } from '../support/node/call-page.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { openStage, type Stage } from '../support/node/stage.js';

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

const AGENT = 'data-agent-id="patient"';

function script(attributes: string): string {
  return `<script src="${WIDGET_PATH}" ${attributes}></script>`;
}

/** A page that is complete, with every script in it run. */
async function open(head: string, body: string): Promise<CallPage> {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8" />${head}</head>
<body><h1>A site</h1>${body}<footer>The end</footer></body></html>`;
  return CallPage.open(stage.browser, stage.site.add(html));
}

/** The widgets of the page, and after which element each stands. */
function places({ page }: CallPage): Promise<string[]> {
  return page.$$eval('millis-voice-agent', (elements) =>
    elements.map(({ agentId, parentElement, previousElementSibling: before, nextElementSibling: next }) =>
      [agentId, parentElement?.localName, before?.localName, next?.localName].join(' '),
    ),
  );
}

describe('a script tag', { concurrency: 4, timeout: 20_000 }, () => {
  it('in the body makes its element right after itself, and that calls', async () => {
    const call = await open('', script(`${AGENT} data-server="${stage.platform.url}"`));
    assert.deepEqual(await places(call), ['patient body script footer']);
    await call.press();
    await call.reaches('live');
    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });

  it('in the head makes its element at the end of the body', async () => {
    assert.deepEqual(await places(await open(script(AGENT), '')), ['patient body footer ']);
  });

  for (const how of ['async', 'defer']) {
    it(`that is ${how} makes its element, in the head and in the body`, async () => {
      const call = await open(script(`${how} ${AGENT}`), script(`${how} data-agent-id="parrot"`));
      const found = await places(call);
      assert.deepEqual(found.sort(), ['parrot body script footer', 'patient body footer ']);
    });
  }

  it('that is added to a complete page makes its element', async () => {
    const call = await open('', '');
    await call.page.evaluate((src) => {
      const added = Object.assign(document.createElement('script'), { src });
      added.setAttribute('data-agent-id', 'patient');
      document.head.append(added);
    }, WIDGET_PATH);
    await call.page.waitForSelector('millis-voice-agent');
    assert.deepEqual(await places(call), ['patient body footer ']);
  });

  it('without an agent makes no element, and still serves those of the page', async () => {
    const own = '<millis-voice-agent agent-id="parrot"></millis-voice-agent>';
    const call = await open('', script('data-server="/"') + own);
    assert.deepEqual(await places(call), ['parrot body script footer']);
    await call.page.waitForSelector('millis-voice-agent >>> [part=button]');
  });

  it('that is a module makes no element, because it cannot know itself', async () => {
    const call = await open('', script(`type="module" ${AGENT}`));
    assert.deepEqual(await places(call), []);
    assert.deepEqual(call.complaints, []);
  });

  it('makes one element for each tag with an agent', async () => {
    const call = await open('', script(AGENT) + script('') + script('data-agent-id="parrot"'));
    assert.deepEqual(await places(call), ['patient body script script', 'parrot body script footer']);
    assert.deepEqual(call.complaints, []);
  });

  it('that runs once more makes no second element', async () => {
    const call = await open('', script(AGENT));
    await call.page.evaluate(async () => {
      const tag = document.querySelector('script');
      const copy = document.createElement('script');
      for (const { name, value } of tag?.attributes ?? []) copy.setAttribute(name, value);
      const loaded = new Promise((resolve) => copy.addEventListener('load', resolve));
      tag?.replaceWith(copy);
      await loaded;
    });
    assert.deepEqual(await places(call), ['patient body script footer']);
  });

  it('hands over the attributes of the element, and nothing else', async () => {
    const data = 'data-server="/there" data-lang="de" data-region="eu" data-muted data-transcript="on"';
    const foreign = 'data-onclick="alert(1)" data-style="color:red" data-class="x" data-id="y" data-slot="z"';
    const call = await open('', script(`${AGENT} ${data} ${foreign} id="own" title="own"`));
    const [given] = await call.page.$$eval('millis-voice-agent', (elements) =>
      elements.map((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`)),
    );
    const wanted = ['agent-id=patient', 'lang=de', 'muted=', 'region=eu', 'server=/there', 'transcript=on'];
    // What the element itself says of its state.
    assert.deepEqual(given?.filter((text) => !text.startsWith('data-')).sort(), wanted);
  });
});
