import type { Face, FivePoints, Photo, PhotoFaces } from '../types.js'

/** Pixels of the original per pixel of the photo as it was decoded. */
export function originalScale({ width, height, original }: Photo): { readonly x: number; readonly y: number } {
  return original === undefined ? { x: 1, y: 1 } : { x: original.width / width, y: original.height / height }
}

/** Places found in a photo that was shrunk while it was decoded, in pixels of the original. */
export function inOriginal(found: PhotoFaces, photo: Photo): PhotoFaces {
  if (photo.original === undefined) return found
  const { x, y } = originalScale(photo)
  const faces = found.faces.map((face): Face => {
    const { box, points } = face
    return {
      ...face,
      box: { x: box.x * x, y: box.y * y, width: box.width * x, height: box.height * y },
      points: points.map((point) => ({ x: point.x * x, y: point.y * y })) as unknown as FivePoints,
    }
  })
  return { ...found, width: photo.original.width, height: photo.original.height, faces }
}

/** The smallest face to find, told in pixels of the original, in pixels of the photo as it was decoded. */
export function minFaceIn<Find extends { readonly minFace?: number | undefined }>(find: Find, photo: Photo): Find {
  if (find.minFace === undefined || photo.original === undefined) return find
  const { x, y } = originalScale(photo)
  return { ...find, minFace: find.minFace / Math.max(x, y) }
}
