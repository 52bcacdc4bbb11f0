/** A process that takes the lock of the folder in its arguments, says so, and stays until it is killed. */
import { acquireFolderLock } from '#db/embedded/folder-lock.ts';

const [folder = '', address = ''] = process.argv.slice(2);
await acquireFolderLock(folder, { describe: () => ({ pid: process.pid, address }) });
process.stdout.write('held\n');
process.stdin.resume();
