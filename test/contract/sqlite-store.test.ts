import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../src/store/index.js'
import { tempDir } from '../support/temp-dir.js'
import { testStore } from './store.js'

const dir = await tempDir('store')
const again = () => openStore({ dialect: 'sqlite', file: join(dir, 'launch', 'store.db') })

testStore('SQLite', {
  again,
  async fresh() {
    await rm(join(dir, 'launch'), { recursive: true, force: true })
    return again()
  },
})
