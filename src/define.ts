import { MillisVoiceAgent } from './element/millis-voice-agent.js';
import { warn } from './element/warn.js';
import { version } from './version.js';

const TAG = 'millis-voice-agent';

const taken = customElements.get(TAG) as Partial<typeof MillisVoiceAgent> | undefined;
/** Registers `<millis-voice-agent>`, unless the name is taken: by another copy of this widget, or by something else. */
if (!taken) customElements.define(TAG, MillisVoiceAgent);
else if (taken !== MillisVoiceAgent) {
  warn(
    taken.version
      ? `version ${version} is loaded where version ${taken.version} is already: that stays in use`
      : 'the name is taken by something else on this page, so there is no voice agent',
  );
}
