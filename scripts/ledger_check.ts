/**
 * `npm run ledger:check`: every invariant of the book and of the rooms, on the database of DATABASE_URL or of the data
 * folder. Prints each fault and ends with status 1 when there is one.
 */
// The composition root loads every room, and each room registers what it knows must be true.
import '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { createDb, createPool } from '../server/kernel/db.ts';
import { startPostgres } from '../server/kernel/embedded_postgres.ts';
import { checkInvariants } from '../server/ledger/index.ts';

const { database_url, data_dir } = readConfig();
const cluster = database_url ? null : await startPostgres({ data_dir });
const db = createDb(createPool(database_url ?? cluster!.url('souk_app'), 1, 'souk ledger check'));
// A whole book takes longer to read than a request may.
db.pool.on('connect', (client) => void client.query('set statement_timeout = 0'));
try {
  const faults = await checkInvariants(db.q);
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? 'the book holds' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await db.pool.end();
  await cluster?.stop();
}
