import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { stockArguments } from './dev-servers.ts';
import { openHome } from './home.ts';
import { startOptions } from './launch/journey-start.ts';
import { startProcess, waitUntilReady } from '#scripts/launcher/managed-process.ts';
import { freePort } from '#scripts/launcher/ports.ts';
import { temporalSpec } from '#scripts/launcher/temporal.ts';

const home = await openHome();
const starts = (n: number) => { const o = randomUUID(), c = randomUUID(), l = randomUUID(); return Array.from({length:n},()=>{ const leadId=randomUUID(); return { workflowId: `${o}/journey/${c}/${leadId}`, input: {organizationId:o,campaignId:c,launchId:l,leadId,journeyId:randomUUID()}}})};
const cpuOf = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1]!.split(' '); return (Number(f[11])+Number(f[12]))*10; };
const dc = (k: string) => (args: string[]) => args.filter((a,i,x)=>!(a.startsWith(k)) && !(a==='--dynamic-config-value' && x[i+1]!.startsWith(k)));
const add = (...v: string[]) => (args: string[]) => [...args, ...v.flatMap(x=>['--dynamic-config-value',x])];
const pragma = (...v: string[]) => (args: string[]) => [...args, ...v.flatMap(x=>['--sqlite-pragma',x])];
const seq = (...fs: ((a:string[])=>string[])[]) => (a: string[]) => fs.reduce((x,f)=>f(x),a);
const stockArgs = (a: string[]) => stockArguments(a);
const V: Record<string, {args?: (a: string[])=>string[], env?: Record<string,string>, strip?: boolean}> = {
  tuned: {}, stock: { args: (a)=>stockArguments(a) },
  poll200: { args: seq(dc('history.transferProcessorMaxPollRPS'), add('history.transferProcessorMaxPollRPS=200')) },
  poll20: { args: seq(dc('history.transferProcessorMaxPollRPS'), add('history.transferProcessorMaxPollRPS=20')) },
  noFair: { args: seq(dc('matching.')) },
  syncOff: { args: (a)=>a.map(x=>x==='synchronous=NORMAL'?'synchronous=OFF':x) },
  gogc: { env: { GOGC: '400' } },
  nosa: { strip: true },
  headless: { args: (a)=>[...a,'--headless'] },
  pragmas: { args: pragma('temp_store=MEMORY','cache_size=-65536','wal_autocheckpoint=10000') },
};
const pick = process.argv[2]?.split(',') ?? Object.keys(V);
const N = Number(process.argv[3] ?? 300);
try {
  const servers = [];
  for (const name of pick) {
    const v = V[name]!;
    const [port, uiPort] = [await freePort(), await freePort()];
    const spec = temporalSpec({ ports: { TEMPORAL_PORT: port, TEMPORAL_UI_PORT: uiPort } }, join(home.folder, `${name}.db`));
    const running = await startProcess({ ...spec, name, args: v.args ? v.args(spec.args) : spec.args, env: { HOME: home.folder, ...v.env }, cwd: home.folder, logFolder: home.folder });
    home.onEnd(running.stop); await waitUntilReady(running);
    const connection = await Connection.connect({ address: `127.0.0.1:${port}` }); home.onEnd(()=>connection.close());
    servers.push({ name, pid: running.pid, client: new Client({ connection, namespace: 'leadway' }), strip: v.strip });
  }
  const out: Record<string, string[]> = {};
  for (let r=0;r<3;r++) for (const s of servers) {
    const list = starts(N); const c0 = cpuOf(s.pid); const t=performance.now();
    const q = list.values();
    await Promise.all(Array.from({length:Number(process.argv[4] ?? 32)}, async()=>{ for (const x of q) { const { typedSearchAttributes, ...o } = startOptions(x,'nobody'); await s.client.workflow.start('leadJourney', s.strip ? o : { ...o, typedSearchAttributes }); }}));
    const wall = performance.now()-t;
    const c1 = cpuOf(s.pid); await new Promise(r=>setTimeout(r,1000)); const c2 = cpuOf(s.pid);
    (out[s.name] ??= []).push(`${Math.round(N/(wall/1000))}/s ${((c1-c0)/N).toFixed(2)}ms (+${((c2-c1)/N).toFixed(2)} in next second)`);
  }
  for (const [n, l] of Object.entries(out)) console.log(n.padEnd(10), l.join('   '));
} finally { await home.close(); }
