export { type AccessFormat, type AccessRecord, accessLine } from '../../http/access-log.js'
