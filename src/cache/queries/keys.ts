/** All keys of the query cache, each spelled once. */
export const keys = {
  roster: ['roster'],
  poll: ['poll'],
  sweep: ['sweep'],
  conferences: ['conferences'],
  unlisted: ['unlisted'],
  conference: (id: string) => ['conference', id],
  participant: (id: string) => ['participant', id],
  call: (id: string) => ['call', id],
  callers: ['callers'],
  resolveCallers: ['resolve-callers'],
  othersWork: (account: string) => ['others-work', account],
} as const
