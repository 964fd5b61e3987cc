// Writes oclif.manifest.json: what is known of every command without loading it, which makes start-up fast. Part of
// every build, so that it never tells of commands that are gone; git does not keep it.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Plugin, settings } from '@oclif/core'

/** Loads every command of dist/ and writes the manifest. Throws when a command cannot be loaded. */
export async function writeManifest(root) {
  const manifest = await makeManifest(root)
  const file = join(root, 'oclif.manifest.json')
  // Renamed into place: a command that starts during a build never reads half a manifest.
  const fresh = `${file}.${process.pid}.tmp`
  writeFileSync(fresh, `${JSON.stringify(manifest, null, 2)}\n`)
  renameSync(fresh, file)
}

export async function makeManifest(root) {
  settings.enableAutoTranspile = false
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true })
  await plugin.load()
  return plugin.manifest
}
