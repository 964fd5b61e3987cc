import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { SUBJECT, temporaryFolder, writeSet } from '../../signing/certs/material.js'
import { makePass, type PassRecipe } from '../../verifying/make-pass.js'

export const CARD = {
  formatVersion: 1,
  serialNumber: 'A-1',
  passTypeIdentifier: SUBJECT.passTypeIdentifier,
  teamIdentifier: SUBJECT.teamIdentifier,
  organizationName: SUBJECT.organizationName,
  description: 'Bonus card',
  logoText: 'Nordlicht',
  backgroundColor: 'rgb(18, 41, 74)',
  foregroundColor: 'rgb(255, 255, 255)',
  webServiceURL: 'https://cards.example.com/',
  authenticationToken: 'very-secret-token-1',
  expirationDate: '2030-01-01T00:00:00Z',
  locations: [{ latitude: 60.1, longitude: 24.9, relevantText: 'Near' }],
  barcodes: [{ format: 'PKBarcodeFormatQR', message: 'A-1', messageEncoding: 'iso-8859-1', altText: 'A-1' }],
  storeCard: {
    headerFields: [{ key: 'level', label: 'Level', value: 'Silver' }],
    primaryFields: [{ key: 'points', label: 'Points', value: 60, changeMessage: 'You have %@ points' }],
    secondaryFields: [{ key: 'name', label: 'Name', value: 'Ann Lee' }],
    backFields: [{ key: 'terms', label: 'Terms', value: 'One line.\nAnother.' }],
  },
}

export const RUSSIAN =
  '"Points" = "Баллы"; "You have %@ points" = "У вас %@ баллов"; "Level" = "Уровень"; "Near" = "Рядом";'

/** What steers a terminal; line breaks are our own. */
export const STEERING = /(?!\n)[\p{Cc}\u202e]/u

/** Signs passes with openssl in `dir`; wwdr.pem to trust lies beside them. */
export async function signedPasses(
  dir: string,
  whenDone: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<(name: string, recipe: PassRecipe) => Promise<string>> {
  const folder = await temporaryFolder()
  whenDone(() => folder.remove())
  await writeSet(folder)
  await writeFile(join(dir, 'wwdr.pem'), await readFile(folder.path('wwdr.pem')))
  return async (name, recipe) => {
    const path = join(dir, name)
    await writeFile(path, await makePass(folder, recipe))
    return path
  }
}
