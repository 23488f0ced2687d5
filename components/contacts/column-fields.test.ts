import { expect, test } from 'vitest'
import { COLUMN_FIELDS } from '#lib/features/contacts/schema.ts'
import { FIELD_GROUPS } from './column-fields.ts'

test('Whatever a column can fill is offered, once', () => {
  expect(FIELD_GROUPS.flatMap(({ fields }) => [...fields]).sort()).toEqual([...COLUMN_FIELDS].sort())
})
