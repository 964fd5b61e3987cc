import { crc32, deflateRawSync } from 'node:zlib'

/**
 * A PNG as Apple's build tools crush them: a CgBI chunk in front, data without zlib header, blue before red, colours
 * multiplied by alpha, each row with another filter.
 */
export function crushPng(width: number, height: number, rgba: Uint8Array): Buffer {
  const stride = width * 4
  const plain = Buffer.alloc(stride * height)
  for (let at = 0; at < plain.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0
    for (const channel of [0, 1, 2]) plain[at + channel] = Math.round(((rgba[at + 2 - channel] ?? 0) * alpha) / 255)
    plain[at + 3] = alpha
  }
  const rows = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y++) {
    const filter = y % 5
    rows[y * (stride + 1)] = filter
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= 4 ? (plain[at - 4] ?? 0) : 0
      const up = y > 0 ? (plain[at - stride] ?? 0) : 0
      const corner = x >= 4 && y > 0 ? (plain[at - stride - 4] ?? 0) : 0
      const guess = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, corner)][filter] ?? 0
      rows[y * (stride + 1) + 1 + x] = (plain[at] ?? 0) - guess
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const data = deflateRawSync(rows)
  const half = Math.ceil(data.length / 2)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('CgBI', Buffer.from([0x50, 0, 0x20, 2])),
    chunk('IHDR', header),
    chunk('IDAT', data.subarray(0, half)),
    chunk('IDAT', data.subarray(half)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
