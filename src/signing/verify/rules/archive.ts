import { ARCHIVE_ENTRY_RULES } from './archive-entries.js'
import { ARCHIVE_FILE_RULES } from './archive-file.js'
import { ARCHIVE_NAME_RULES } from './archive-names.js'

export const ARCHIVE_RULES = {
  id: 'archive',
  title: 'Archive',
  intro: 'A pass is a zip archive with its files at the top. What cannot be unpacked is never looked at.',
  rules: [...ARCHIVE_FILE_RULES, ...ARCHIVE_ENTRY_RULES, ...ARCHIVE_NAME_RULES],
} as const
