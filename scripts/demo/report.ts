import { sql } from 'drizzle-orm';
import type { Database } from '#db/database.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { Claims } from './judgement.ts';

export type Report = {
  leads: { rows: number; imported: number; rejected: { line: number; code: string }[] };
  journeys: { started: number; completed: number; removed: number; failed: number; active: number };
  sms: { sent: number; received: number; refused: Record<string, number> };
  calls: {
    placed: number;
    answered: number;
    voicemail: number;
    noAnswer: number;
    busy: number;
    failed: number;
  };
  dispositions: { ai: number; manual: number; system: number };
  stageMoves: number;
  violations: {
    duplicateSms: number;
    duplicateCalls: number;
    afterReply: number;
    afterOptOut: number;
    outsideHours: number;
    ledgerMismatch: number;
  };
  virtualDays: number;
  wallSeconds: number;
  seed: number;
};

type Counts = Pick<Report, 'journeys' | 'sms' | 'calls' | 'dispositions' | 'stageMoves'>;

/** What became of the cohort, as our own tables tell it. */
export async function readCounts(
  database: Database,
  organizationId: string,
): Promise<Counts & { claims: Claims }> {
  return withOrganization(database, systemScope(organizationId), async (tx) => {
    const [row] = await rowsOf<{ counts: Counts; claims: Claims }>(
      tx,
      sql`
        select jsonb_build_object(
          'journeys', (select jsonb_build_object('started', count(workflow_started_at),
              'completed', count(*) filter (where status = 'completed'), 'removed', count(*) filter (where status = 'removed'),
              'failed', count(*) filter (where status = 'failed'), 'active', count(*) filter (where status in ('active', 'paused')))
            from journeys),
          'sms', (select jsonb_build_object('sent', count(*) filter (where direction = 'outbound' and state = 'sent'),
              'received', count(*) filter (where direction = 'inbound')) from sms_messages)
            || jsonb_build_object('refused', (select coalesce(jsonb_object_agg(code, n), '{}') from (
              select refusal_code as code, count(*) as n from sms_messages where state = 'refused' group by 1 order by 1) r)),
          'calls', (select jsonb_build_object('placed', count(*) filter (where state = 'sent'),
              'answered', count(*) filter (where outcome = 'answered'), 'voicemail', count(*) filter (where outcome = 'voicemail'),
              'noAnswer', count(*) filter (where outcome = 'no_answer'), 'busy', count(*) filter (where outcome = 'busy'),
              'failed', count(*) filter (where outcome = 'failed')) from call_logs),
          'dispositions', (select jsonb_build_object('ai', count(*) filter (where set_by = 'ai'),
              'manual', count(*) filter (where set_by = 'manual'), 'system', count(*) filter (where set_by = 'system'))
            from disposition_metrics),
          'stageMoves', (select count(*) from stage_moves)) as counts,
        jsonb_build_object(
          'texts', (select coalesce(jsonb_agg(provider_sid), '[]') from sms_messages where direction = 'outbound' and state = 'sent'),
          'calls', (select coalesce(jsonb_agg(provider_sid), '[]') from call_logs where state = 'sent'),
          'inbound', (select coalesce(jsonb_agg(provider_sid), '[]') from sms_messages where direction = 'inbound'),
          'unfinished', (select count(*) from sms_messages where state in ('reserved', 'sending', 'unknown'))
            + (select count(*) from call_logs where state in ('reserved', 'sending', 'unknown'))) as claims`,
    );
    const { journeys, sms, calls, dispositions, stageMoves } = row!.counts;
    const { started, completed, removed, failed, active } = journeys;
    const { placed, answered, voicemail, noAnswer, busy } = calls;
    // Written out, because Postgres orders keys as it likes.
    return {
      journeys: { started, completed, removed, failed, active },
      sms: { sent: sms.sent, received: sms.received, refused: sms.refused },
      calls: { placed, answered, voicemail, noAnswer, busy, failed: calls.failed },
      dispositions: { ai: dispositions.ai, manual: dispositions.manual, system: dispositions.system },
      stageMoves,
      claims: row!.claims,
    };
  });
}

/** The report for people. */
export function formatReport(report: Report, notes: string[]): string {
  const { leads, journeys, sms, calls, dispositions, violations } = report;
  const rejected = leads.rejected.map(({ line, code }) => `line ${line} ${code}`).join(', ');
  const refused = Object.entries(sms.refused).map(([code, count]) => `${count} ${code}`);
  const broken = Object.entries(violations).map(([name, count]) => `${name} ${count}`);
  return [
    `Leads       ${leads.rows} rows, ${leads.imported} imported${rejected && `; rejected: ${rejected}`}`,
    `Journeys    ${journeys.started} started, ${journeys.completed} completed, ${journeys.removed} removed, ${journeys.active} active, ${journeys.failed} failed`,
    `Texts       ${sms.sent} sent, ${sms.received} received${refused.length > 0 ? `; refused: ${refused.join(', ')}` : ''}`,
    `Calls       ${calls.placed} placed: ${calls.answered} answered, ${calls.voicemail} voicemail, ${calls.noAnswer} no answer, ${calls.busy} busy, ${calls.failed} failed`,
    `Outcomes    ${dispositions.system} dispositions by the system, ${dispositions.manual} by people, ${dispositions.ai} by AI; ${report.stageMoves} stage moves`,
    `Violations  ${broken.join(', ')}`,
    ...notes,
    `${report.virtualDays} days in ${report.wallSeconds} s, seed ${report.seed}`,
  ].join('\n');
}
