import { visibleText } from '../../kit/visible-text.js'
import { type Output, paint } from './styles.js'

interface DeviceLogView {
  readonly at: number
  readonly platform: string | null
  readonly message: string
}

/** `2026-11-24 14:03:22  apple  …`; what a phone sends may hold anything, so that nothing of it steers the terminal. */
export function renderDeviceLog({ at, platform, message }: DeviceLogView, output: Output = process.stdout): string {
  const time = new Date(at).toISOString().replace('T', ' ').slice(0, 19)
  return `${paint('dim', time, output)}  ${(platform ?? '-').padEnd(8)}  ${visibleText(message)}`
}
