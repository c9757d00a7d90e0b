/** The API's `VoiceOption`: what a picker shows. The local platform speaks with one voice, whatever an agent names. */
export const VOICES = [
  { provider: 'kokoro', voice_id: 'local', name: 'Local voice', language: 'en-GB', category: 'local' },
  {
    provider: 'elevenlabs',
    voice_id: 'example-1',
    name: 'Example voice',
    language: 'en-US',
    category: 'example',
  },
].map((voice) => ({ ...voice, model: null, settings: null, preview_url: null, multiplier: null }));
