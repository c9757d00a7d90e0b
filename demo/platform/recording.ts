import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE_HZ } from './pcm.js';
import { pcmBytes, WAV_HEADER_BYTES, wavHeader } from './wav.js';

/** One second goes to disk at a time. */
const BATCH_SAMPLES = SAMPLE_RATE_HZ;
/** The visitor's frames come when they come: only a longer gap than this is one. */
const GAP_SAMPLES = SAMPLE_RATE_HZ / 10;

/** Both sides of a call as two WAV files that begin at the same moment and are equally long. */
export class Recording {
  private constructor(
    readonly files: { readonly visitor: string; readonly agent: string },
    private readonly visitor: WavFile,
    private readonly agent: WavFile,
  ) {}

  /** Makes the folder and both files. Rejects when that cannot be done. */
  static async start(folder: string, sessionId: string): Promise<Recording> {
    await mkdir(folder, { recursive: true });
    const files = {
      visitor: join(folder, `${sessionId}-visitor.wav`),
      agent: join(folder, `${sessionId}-agent.wav`),
    };
    return new Recording(files, await WavFile.create(files.visitor), await WavFile.create(files.agent));
  }

  /** The agent's next 10 ms: its frames are the clock of both files. */
  addAgent(frame: Int16Array): void {
    this.agent.add(frame);
  }

  addVisitor(frame: Int16Array): void {
    const missing = this.agent.sampleCount - this.visitor.sampleCount;
    if (missing > GAP_SAMPLES) this.visitor.add(new Int16Array(missing - frame.length));
    this.visitor.add(frame);
  }

  /** Resolves when both files are whole on disk. */
  async close(): Promise<void> {
    const missing = this.agent.sampleCount - this.visitor.sampleCount;
    (missing > 0 ? this.visitor : this.agent).add(new Int16Array(Math.abs(missing)));
    await Promise.all([this.visitor.close(), this.agent.close()]);
  }
}

/** A WAV file that grows. Its header is right only after `close()`. */
class WavFile {
  sampleCount = 0;
  private batch: Int16Array[] = [];
  private batchSamples = 0;
  private written: Promise<unknown> = Promise.resolve();

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<WavFile> {
    const file = await open(path, 'w');
    await file.write(wavHeader(0, SAMPLE_RATE_HZ), 0, WAV_HEADER_BYTES, 0);
    return new WavFile(file);
  }

  add(samples: Int16Array): void {
    this.sampleCount += samples.length;
    this.batch.push(samples);
    this.batchSamples += samples.length;
    if (this.batchSamples >= BATCH_SAMPLES) this.flush();
  }

  async close(): Promise<void> {
    this.flush();
    await this.written;
    await this.file.write(wavHeader(this.sampleCount, SAMPLE_RATE_HZ), 0, WAV_HEADER_BYTES, 0);
    await this.file.close();
  }

  private flush(): void {
    const at = WAV_HEADER_BYTES + (this.sampleCount - this.batchSamples) * 2;
    const bytes = Buffer.concat(this.batch.map(pcmBytes));
    this.batch = [];
    this.batchSamples = 0;
    // One after the other; a full disk loses the recording, not the call.
    this.written = this.written
      .then(() => this.file.write(bytes, 0, bytes.length, at))
      .catch(() => undefined);
  }
}
