/** So many participants are listed in a ticket: more would not be read, and a file has them all. */
export const MOST_IN_TICKET = 200
