import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8')

/** The documents of a YAML file; a fault in one is a failure of the test. */
function documentsOf(file: string): readonly unknown[] {
  return parseAllDocuments(read(file), { strict: true }).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
}

/** The variables that deploy/nginx/start.sh reads. */
const KNOWN = new Set(read('nginx/start.sh').match(/ROLLCALL_[A-Z_]+/g))

describe('the Kubernetes manifest', () => {
  const documents = documentsOf('kubernetes.yaml')
  const [settings, deployment] = documents

  it('has a ConfigMap, a Deployment and a Service', () => {
    expect(documents).toEqual([
      expect.objectContaining({ kind: 'ConfigMap' }),
      expect.objectContaining({ kind: 'Deployment' }),
      expect.objectContaining({ kind: 'Service' }),
    ])
  })

  it('runs without root, on a file system that cannot be written but for /tmp', () => {
    expect(deployment).toHaveProperty('spec.template.spec.securityContext.runAsNonRoot', true)
    const container = 'spec.template.spec.containers.0'
    expect(deployment).toHaveProperty(`${container}.securityContext`, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(deployment).toHaveProperty(`${container}.volumeMounts`, [
      { name: 'tmp', mountPath: '/tmp' },
    ])
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect(deployment).toHaveProperty(`${container}.${probe}.httpGet.path`, '/config.json')
    }
  })

  it('has room for a number of workers that does not grow with the cores of the node', () => {
    expect(read('nginx/nginx.conf.template')).toMatch(/^worker_processes 2;$/m)
    expect(deployment).toHaveProperty(
      'spec.template.spec.containers.0.resources.limits.memory',
      '128Mi',
    )
  })

  it('sets only variables that exist, and lets the Service set none', () => {
    expect(deployment).toHaveProperty('spec.template.spec.enableServiceLinks', false)
    expect(settings).toHaveProperty('data.ROLLCALL_API', 'https://api.voipbin.net')
    const names = read('kubernetes.yaml').match(/ROLLCALL_[A-Z_]+/g) ?? []
    expect(names.filter((name) => !KNOWN.has(name))).toEqual([])
  })
})

describe('the compose file', () => {
  const [compose] = documentsOf('compose.yaml')

  it('runs without privileges and verifies the API of the local stack by its own authority', () => {
    expect(compose).toMatchObject({
      services: {
        rollcall: {
          read_only: true,
          tmpfs: ['/tmp'],
          cap_drop: ['ALL'],
          environment: {
            ROLLCALL_API: 'https://api.voipbin.test:8443',
            ROLLCALL_API_CA: '/run/rollcall/ca.pem',
          },
        },
      },
    })
  })
})

describe('the container file', () => {
  it('copies only what is there, and all that its ignore file lets through', () => {
    const root = path.resolve(import.meta.dirname, '..')
    const copies = read('Containerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)
    const copied = [...copies].flatMap(([, files = '']) => files.split(' '))
    const allowed = [...read('Containerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(
      ([, file]) => file,
    )
    expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
    expect(new Set(copied.map((file) => file.split('/')[0]))).toEqual(new Set(allowed))
  })

  it('does not run as root', () => {
    expect(read('Containerfile')).toMatch(/^USER 101$/m)
  })
})

describe('the systemd unit of docs/deploy.md', () => {
  const text = read('../docs/deploy.md')
  const unit = /<<'UNIT'\n(.*?)\nUNIT\n/s.exec(text)?.[1] ?? ''

  it('sets only variables that exist', () => {
    const names = unit.match(/ROLLCALL_[A-Z_]+/g) ?? []
    expect(names).toContain('ROLLCALL_API')
    expect(names.filter((name) => !KNOWN.has(name))).toEqual([])
  })

  it('writes its access log to a folder for logs, and rotates it', () => {
    const log = /ROLLCALL_ACCESS_LOG=(\S+)/.exec(unit)?.[1]
    expect(log).toBe('/var/log/rollcall/access.log')
    expect(unit).toContain('LogsDirectory=rollcall')
    expect(text).toMatch(/\/etc\/logrotate\.d\/rollcall.*\/var\/log\/rollcall\/access\.log \{/s)
  })
})
