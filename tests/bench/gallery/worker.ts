import { parentPort } from 'node:worker_threads';
import type { Task } from './judge-one.ts';
import { runOne } from './run-one.ts';

parentPort?.on('message', (task: Task) => parentPort?.postMessage(runOne(task)));
