/**
 * Souk that kills itself with SIGKILL at the first COMMIT of a transaction in which a certain statement ran: a crash
 * at the worst moment, on the real code and the real PostgreSQL. SIGUSR2 arms it.
 *
 *     node dying_server.ts --no-demo --die=before|after --in='insert into gifts'
 */
import pg from 'pg';

type Query = typeof pg.Client.prototype.query;

const option = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const [when, statement] = [option('die'), option('in')];
let armed = false;
process.on('SIGUSR2', () => {
  armed = true;
  process.stdout.write('armed\n');
});

/** Connections whose open transaction ran the statement. */
const marked = new WeakSet<pg.Client>();
const never = new Promise<never>(() => {});
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function watched(this: pg.Client, ...asked: Parameters<Query>) {
  const [first] = asked as unknown as [string | { text?: string }];
  const text = typeof first === 'string' ? first : (first.text ?? '');
  if (text === 'begin') marked.delete(this);
  if (text.includes(statement)) marked.add(this);
  const doomed = armed && text === 'commit' && marked.has(this);
  if (doomed && when === 'before') die();
  const running = query.apply(this, asked) as unknown as Promise<unknown>;
  if (!doomed) return running;
  // Nobody hears of the commit: the process ends in the same turn in which PostgreSQL said so.
  return running.then(() => {
    die();
    return never;
  });
} as Query;

await import('../main.ts');
