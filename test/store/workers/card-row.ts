/** A row of the table `cards`, some of it given. */
export function card(
  serial: string,
  given: Partial<{
    design_id: number
    field_values: string
    token: string
    barcode: string
    locale: string | null
    expires_at: number | null
    voided_at: number | null
    pictures: string | null
    extras: string | null
    tag: number
    revision: number
    created_at: number
    updated_at: number
    job_id: number
    job_row: number
  }> = {},
) {
  return {
    serial,
    design_id: 1,
    field_values: '{}',
    token: 'token-of-the-card',
    barcode: serial,
    locale: null,
    expires_at: null,
    voided_at: null,
    pictures: null,
    revision: 1,
    created_at: 0,
    updated_at: 0,
    job_id: 1,
    job_row: 1,
    ...given,
  }
}
