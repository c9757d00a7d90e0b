import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** What makes the link, and the package of Debian that has it. */
const PROGRAMS = [
  ['ip', '-V', 'iproute2'],
  ['python3', '-V', 'python3'],
] as const;

/** Why this machine cannot make a network link of its own, and what would help: one line. `undefined`: it can. */
export function whyNoNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'it needs network namespaces, which only Linux has';
  if (process.getuid?.() !== 0) return 'only root may make network namespaces: sudo npm run test:network';
  const missing = PROGRAMS.filter(([program, version]) => spawnSync(program, [version]).status !== 0);
  if (missing.length > 0) return `missing: apt-get install ${missing.map(([, , name]) => name).join(' ')}`;
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
  } catch {
    return 'there is no /dev/net/tun: modprobe tun, or start the container with --device /dev/net/tun';
  }
  // In a container root is often not allowed to.
  const name = `millis-try-${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0)
    return 'this system forbids network namespaces: the container needs --cap-add NET_ADMIN --cap-add SYS_ADMIN';
  spawnSync('ip', ['netns', 'del', name]);
  return undefined;
}
