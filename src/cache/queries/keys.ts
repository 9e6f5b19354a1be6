/** All keys of the query cache, each spelled once. */
export const keys = {
  roster: ['roster'],
  poll: ['poll'],
  sweep: ['sweep'],
  pulse: ['pulse'],
  conferences: ['conferences'],
  unlisted: ['unlisted'],
  conference: (id: string) => ['conference', id],
  participant: (id: string) => ['participant', id],
  call: (id: string) => ['call', id],
  callers: ['callers'],
  resolveCallers: ['resolve-callers'],
  activity: (account: string) => ['activity', account],
  othersWork: (account: string) => ['others-work', account],
  dock: ['dock'],
  insight: ['insight'],
} as const
