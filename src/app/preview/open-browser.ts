import { execa } from 'execa'

/** Milliseconds after which an opener that is still running has evidently opened something. */
const PATIENCE = 1000

/** Opens an address of our own in the default browser. @returns false when that failed, as on machines without one. */
export async function openBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command, ...args] = openerOf(platform)
  try {
    // Detached: the browser lives on when the preview ends.
    const child = execa(command, [...args, url], { stdio: 'ignore', detached: true, cleanup: false })
    child.nodeChildProcess.unref()
    const outcome = child.then(
      () => true,
      () => false,
    )
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), PATIENCE)
    })
    const opened = await Promise.race([outcome, patience])
    clearTimeout(timer)
    return opened
  } catch {
    return false
  }
}

function openerOf(platform: NodeJS.Platform): readonly [command: string, ...args: string[]] {
  if (platform === 'darwin') return ['open']
  // The empty text is the title of the window, which `start` takes from its first quoted argument.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""']
  return ['xdg-open']
}
