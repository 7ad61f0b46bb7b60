import { createRoute } from '@hono/zod-openapi';
import { recordAudit } from '#db/queries/audit.ts';
import { finishTask, listTasks } from '#db/queries/tasks.ts';
import { withOrganization } from '#db/tenant.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { taskSchema, tasksQuery } from '../schemas/task.ts';
import { actorOf } from './actor.ts';
import { json, problems, security, signedIn } from './describe.ts';

const tags = ['Tasks'];

const list = createRoute({
  method: 'get',
  path: '/tasks',
  tags,
  summary: 'List what people have to do, newest first',
  security,
  request: { query: tasksQuery },
  responses: {
    200: json(page(taskSchema), 'A page of tasks.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const done = createRoute({
  method: 'post',
  path: '/tasks/{id}/done',
  tags,
  summary: 'Mark a task as done',
  description: 'A task that is done stays so: the same request again changes nothing.',
  security,
  middleware: requireRole('agent'),
  request: { params: idParam },
  responses: {
    200: json(taskSchema, 'The task.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['TASK_NOT_FOUND'], 409: ['REVIEW_OPEN'] }),
  },
});

export function taskRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { status, leadId, kind, ...query } = c.req.valid('query');
      const filter = { status, leadId, kind };
      const found = await listTasks(c.var.deps.database, c.var.scope, filter, pageRequest(query));
      return c.json(
        toPage(found, (row) => row),
        200,
      );
    })
    .openapi(done, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      // The product writes event and audit in the person's name: an agent may insert nothing.
      const finished = await withOrganization(
        c.var.deps.database,
        { ...scope, role: 'system' },
        async (tx) => {
          const result = await finishTask(tx, id);
          if (result?.changed) {
            await recordAudit(tx, scope.organizationId, actorOf(c), {
              action: 'task.done',
              subjectType: 'task',
              subjectId: id,
            });
          }
          return result;
        },
      );
      if (!finished) throw notFound('task');
      if (finished.task.status === 'open')
        throw new Problem(409, 'REVIEW_OPEN', 'Say whether the reply was an opt-out; that ends this task.');
      return c.json(finished.task, 200);
    });
}
