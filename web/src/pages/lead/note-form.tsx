import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { cx } from '../../lib/format.ts';

/** A note being written; Ctrl or ⌘ with Enter sends it. */
export function NoteForm({
  label,
  submit,
  initial = '',
  busy,
  onSubmit,
  onCancel,
}: {
  label: string;
  submit: string;
  initial?: string;
  busy: boolean;
  onSubmit: (body: string, done: () => void) => void;
  onCancel?: () => void;
}) {
  const [text, setText] = useState(initial);
  const send = () => {
    if (text.trim() !== '' && !busy) onSubmit(text.trim(), () => setText(''));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label={label}
        placeholder="Write a note"
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
        className={cx(controlClass, 'min-h-16 py-2')}
      />
      {text.trim() === '' && !onCancel ? null : (
        <div className="mt-2 flex justify-end gap-2">
          {onCancel ? (
            <Button size="sm" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
          <Button type="submit" size="sm" variant="primary" busy={busy} disabled={text.trim() === ''}>
            {submit}
          </Button>
        </div>
      )}
    </form>
  );
}
