import type { Client } from '@temporalio/client';
import type { Counter } from 'prom-client';
import type { Database } from '#db/database.ts';
import type { MessagingProvider } from '#providers/messaging.ts';
import type { VoiceProvider } from '#providers/voice.ts';

/** All that activities need from outside; the worker composes it once. */
export type ActivityDependencies = {
  database: Database;
  messaging: MessagingProvider;
  voice: VoiceProvider;
  temporal: Client;
  taskQueue: string;
  /** Where the carrier reaches us; callbacks are built on it. */
  publicUrl: string;
  /** How long after an unanswered request the carrier's own list is believed to be complete, in milliseconds. */
  settleMs: number;
  touchCounter: Counter<'channel' | 'outcome' | 'code'>;
  /** Promised callbacks: scheduled, and what became of them (kept, late, missed, cancelled). */
  callbackCounter: Counter<'result'>;
  /** Rows of imported files: created, updated, rejected. */
  importCounter: Counter<'result'>;
};
