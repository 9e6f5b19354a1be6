/** All keys of the query cache, each spelled once. */
export const keys = {
  poll: ['poll'],
  sweep: ['sweep'],
  conferences: ['conferences'],
  unlisted: ['unlisted'],
  conference: (id: string) => ['conference', id],
  recording: (id: string) => ['recording', id],
  participant: (id: string) => ['participant', id],
  call: (id: string) => ['call', id],
  freshCalls: ['fresh-calls'],
  resolveCallers: ['resolve-callers'],
  lookUpContacts: (place: string) => ['look-up-contacts', place],
  othersWork: (account: string) => ['others-work', account],
} as const
