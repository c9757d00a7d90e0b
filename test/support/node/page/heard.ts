/** 50 ms at the platform's rate. */
const CHUNK_SAMPLES = 2_400;
const SAMPLE_RATE_HZ = 48_000;

/** A piece of what the page played. */
export interface HeardChunk {
  /** When it was over, by the page's clock. */
  readonly atMs: number;
  /** Whether the element let it out: not paused, not muted, not turned down. */
  readonly audible: boolean;
  /** 16-bit samples at 48 kHz, in base64. */
  readonly pcm: string;
}

const chunks: HeardChunk[] = [];
/** What each element plays, and its recorder. */
const elements = new Map<HTMLMediaElement, { readonly stream: MediaStream; stop: () => void }>();
let context: AudioContext | undefined;
let recorderLoaded: Promise<void> | undefined;

/** All that was heard so far. */
export function heard(): readonly HeardChunk[] {
  return chunks;
}

/** Until when the recording goes, by the page's clock. */
export function heardUntilMs(): number {
  return chunks.at(-1)?.atMs ?? 0;
}

/** How many elements let sound out now. */
export function playing(): number {
  return [...elements.keys()].filter(isAudible).length;
}

function isAudible({ paused, muted, volume, srcObject }: HTMLMediaElement): boolean {
  return srcObject !== null && !paused && !muted && volume > 0;
}

const RECORDER = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  samples = [];
  process([[channel]]) {
    this.samples.push(...(channel ?? new Float32Array(128)));
    if (this.samples.length >= ${CHUNK_SAMPLES}) this.port.postMessage(this.samples.splice(0, ${CHUNK_SAMPLES}));
    return true;
  }
});`;

/** Listens to the stream that an element plays: the same samples, before the loudspeaker. Ends with the returned way to stop. */
async function record(element: HTMLMediaElement, stream: MediaStream): Promise<() => void> {
  context ??= new AudioContext({ sampleRate: SAMPLE_RATE_HZ });
  await (recorderLoaded ??= loadRecorder(context));
  const recorder = new AudioWorkletNode(context, 'recorder', {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  recorder.port.onmessage = ({ data }: MessageEvent<number[]>) =>
    chunks.push({ atMs: performance.now(), audible: isAudible(element), pcm: toBase64(data) });
  const source = context.createMediaStreamSource(stream);
  source.connect(recorder).connect(context.destination);
  return () => {
    recorder.port.onmessage = null;
    recorder.disconnect();
    source.disconnect();
  };
}

async function loadRecorder({ audioWorklet }: AudioContext): Promise<void> {
  const module = URL.createObjectURL(new Blob([RECORDER], { type: 'text/javascript' }));
  await audioWorklet.addModule(module);
  URL.revokeObjectURL(module);
}

function toBase64(samples: readonly number[]): string {
  const pcm = Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
  return btoa(String.fromCharCode(...new Uint8Array(pcm.buffer)));
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
const { play } = HTMLMediaElement.prototype;
HTMLMediaElement.prototype.play = function () {
  const { srcObject: stream } = this;
  const before = elements.get(this);
  // A call that is connected anew plays another stream by the same element. A page that is not secure has no worklets.
  if (stream instanceof MediaStream && before?.stream !== stream && isSecureContext) {
    before?.stop();
    const recording = record(this, stream);
    elements.set(this, { stream, stop: () => void recording.then((stop) => stop()) });
  }
  return play.call(this);
};
