import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Select } from '../../components/select.tsx';
import { TagField } from '../../components/tag-field.tsx';
import { ApiError } from '../../data/client.ts';
import { changeLead, createLead, customFieldsQuery } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';
import { countries } from '../../lib/countries.ts';
import { words } from '../../lib/format.ts';
import { toastDone } from '../../lib/toasts.ts';
import { CustomFieldInput } from './custom-field-input.tsx';
import { changesOf, emptyDraft, draftOf, textFields } from './lead-draft.ts';
import type { LeadDraft } from './lead-draft.ts';

/** Adds a lead, or changes what is known of one. Only what was changed is sent. */
export function LeadDialog({
  open,
  onOpenChange,
  lead,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The lead to change; without one, a new one. */
  lead?: Lead;
}) {
  const [edited, setEdited] = useState<LeadDraft | null>(null);
  const draft = edited ?? (lead ? draftOf(lead) : emptyDraft);
  const defined = useQuery({ ...customFieldsQuery, enabled: open }).data?.items ?? [];
  const fields = [
    ...defined.filter(({ archivedAt }) => archivedAt === null),
    // What came with a file and nobody has defined is text.
    ...Object.keys(lead?.customFields ?? {})
      .filter((name) => !defined.some((field) => field.name === name))
      .map((name) => ({ name, label: words(name), type: 'text' as const, options: [] })),
  ];
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: () => {
      const changes = changesOf(draft, lead ? draftOf(lead) : emptyDraft);
      return lead ? changeLead(lead.id, changes) : createLead({ ...changes, phone: draft.phone.trim() });
    },
    onSuccess: (saved) => {
      for (const key of ['lead', 'board']) void queryClient.invalidateQueries({ queryKey: [key] });
      toastDone(lead ? 'Lead changed' : 'Lead added');
      toggle(false);
      if (!lead) void navigate({ to: '/leads/$leadId', params: { leadId: saved.id } });
    },
  });
  const toggle = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setEdited(null);
    save.reset();
  };
  const set = (part: Partial<LeadDraft>) => setEdited({ ...draft, ...part });
  const error = save.error instanceof ApiError ? save.error : null;
  const told = [...textFields.map(({ name }) => name), 'phone', 'externalId'].some((name) => error?.at(name));
  const known = typeof error?.problem.leadId === 'string' ? error.problem.leadId : null;
  return (
    <FormDialog
      wide
      open={open}
      onOpenChange={toggle}
      title={lead ? 'Change the lead' : 'Add a lead'}
      submit={lead ? 'Save' : 'Add the lead'}
      busy={save.isPending}
      disabled={draft.phone.trim() === ''}
      onSubmit={() => save.mutate()}
    >
      <div className="grid grid-cols-1 gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <TextField
          label="Phone"
          type="tel"
          required
          value={draft.phone}
          maxLength={60}
          onChange={(event) => set({ phone: event.target.value })}
          error={error?.at('phone')}
        />
        <Select
          label="Country of the number"
          value={draft.defaultCountry}
          onChange={(defaultCountry) => set({ defaultCountry })}
          options={countries}
        />
        {textFields.map(({ name, label, type, max }) => (
          <TextField
            key={name}
            label={label}
            type={type ?? 'text'}
            value={draft[name]}
            maxLength={max}
            onChange={(event) => set({ [name]: event.target.value })}
            error={error?.at(name)}
          />
        ))}
        <TextField
          label="External id"
          hint="Your CRM's own id of this person."
          value={draft.externalId}
          maxLength={200}
          onChange={(event) => set({ externalId: event.target.value })}
          error={error?.at('externalId')}
        />
        <div className="sm:col-span-2">
          <TagField label="Tags" value={draft.tags} onChange={(tags) => set({ tags })} />
        </div>
        {fields.map((field) => (
          <CustomFieldInput
            key={field.name}
            field={field}
            value={draft.customFields[field.name] ?? ''}
            onChange={(value) => set({ customFields: { ...draft.customFields, [field.name]: value } })}
            error={error?.at(`customFields.${field.name}`)}
          />
        ))}
      </div>
      {known ? (
        <p className="text-sm">
          <Link
            to="/leads/$leadId"
            params={{ leadId: known }}
            className="rounded text-accent hover:underline"
            onClick={() => toggle(false)}
          >
            Open the lead that has it
          </Link>
        </p>
      ) : null}
      {told && !known ? null : <ProblemNote error={save.error} />}
    </FormDialog>
  );
}
