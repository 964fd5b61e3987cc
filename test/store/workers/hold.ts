/** A process that holds something until it is killed: `hold.ts FILE write|lock`. Says when it does. */
import Database from 'better-sqlite3'
import { openStore } from '../../../src/store/index.js'

const [file = '', what] = process.argv.slice(2)
// Kept, since a connection that nobody holds is closed at the next garbage collection.
const held: unknown[] = []
if (what === 'write') held.push(new Database(file).exec('begin immediate'))
else {
  const store = await openStore({ dialect: 'sqlite', file })
  const lock = await store.lock('cards', 'process 4711, tessera issue members.csv')
  if (!lock.held) process.exit(1)
  held.push(lock)
}
process.stdout.write('held\n')
setInterval(() => held, 1000)
