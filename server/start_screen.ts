/** What the terminal shows once Souk serves: the address, and what to try. */
import qrcode from 'qrcode';
import type { Config } from './config.ts';

export async function showScreen(config: Config, say: (line: string) => void): Promise<void> {
  const url = config.public_url;
  say('');
  say(`  Souk is open at ${url}`);
  say('');
  const lines = tries(config);
  const widest = Math.max(...lines.map(([address]) => address.length));
  for (const [address, what] of lines) say(`    ${address.padEnd(widest)}   ${what}`);
  if (config.lan) {
    say('');
    say('  Scan to open it on a phone of this network (its certificate is our own, so the browser asks once):');
    say(await qrcode.toString(url, { type: 'terminal', small: true }));
  }
  say('');
  say(config.production ? '  Ctrl-C stops it.' : '  Demo money only. Ctrl-C stops it; everything is kept.');
}

function tries({ public_url, demo, mail_url, production }: Config): [string, string][] {
  const lines: [string, string][] = [];
  if (demo) lines.push([`${public_url}/demo`, 'four doors: watch, create, sell, run']);
  else if (!production) lines.push([`${public_url}/`, 'sign up: the first person runs the instance']);
  if (demo) lines.push([`${public_url}/`, 'who is live now']);
  if (!production && mail_url === null) lines.push([`${public_url}/dev/mailbox`, 'the mails this instance would send']);
  return lines;
}
