import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

// `npm run bench [name…]`: speed as a ratio to a limit measured in the same run, one file of bench/ after the other.

const folder = join(import.meta.dirname, 'bench')
const wanted = process.argv.slice(2)
for (const file of globSync('*.ts', { cwd: folder }).sort()) {
  if (wanted.length > 0 && !wanted.includes(file.replace(/\.ts$/, ''))) continue
  const { status } = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
