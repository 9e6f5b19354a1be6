import { empty, type Exchange, type Reply } from './reply.ts'

/** CORS as gin-contrib/cors sends it; nothing more is exposed or allowed (voipbin-api.md 1). */
const PREFLIGHT: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST,GET,PUT,DELETE,PATCH,HEAD,OPTIONS',
  'Access-Control-Allow-Headers': 'Origin,X-Requested-With,Content-Type,Accept,Authorization',
  'Access-Control-Max-Age': '43200',
}

const ORDINARY: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Length',
}

/** True when the request comes from a page of another host: only then is there any CORS header. */
function isCrossOrigin(request: Exchange): boolean {
  const { origin = '', host = '' } = request.headers
  return origin !== '' && origin !== `http://${host}` && origin !== `https://${host}`
}

/** The answer to a preflight, on any path; an OPTIONS of the same origin is not one (voipbin-api.md 1). */
export function preflightOf(request: Exchange): Reply | undefined {
  if (request.method !== 'OPTIONS' || !isCrossOrigin(request)) return undefined
  return { ...empty(204), headers: PREFLIGHT }
}

/** The reply with the headers that a page of another origin needs. */
export function withCors(request: Exchange, reply: Reply): Reply {
  if (!isCrossOrigin(request)) return reply
  return { ...reply, headers: { ...reply.headers, ...ORDINARY } }
}
