import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { shareTexts } from './share-texts.ts'

const id = fc.option(fc.constantFrom('a', 'b'), { nil: null })

const record = fc
  .record({
    activeflowId: id,
    referenceId: id,
    conferenceId: id,
    status: fc.constantFrom('joined', 'leaved', 'unheard of'),
  })
  .map((fields) => participantOf({ id: 'ann', ...fields, extra: { activeflow_id: 'a', other: 1 } }))

describe('shareTexts', () => {
  it('changes no field of a participant, whatever record was held before', () => {
    fc.assert(
      fc.property(record, fc.option(record, { nil: undefined }), (participant, held) => {
        expect(shareTexts(participant, held)).toEqual(participant)
      }),
    )
  })
})
