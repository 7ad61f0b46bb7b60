import { Play } from 'lucide-react';
import { useState } from 'react';
import type { Resume } from '../data/types.ts';
import { Button } from './button.tsx';
import { Select } from './select.tsx';

/** Stands for the campaign's own setting. */
const asSet = 'as-set';

const choices = [
  { value: asSet, label: 'As the campaign says' },
  {
    value: 'keep',
    label: 'Keep what remained',
    hint: 'The pause does not count: each wait goes on with its rest.',
  },
  { value: 'shift', label: 'Catch up', hint: 'What came due during the pause is done now.' },
  { value: 'expire', label: 'Leave out', hint: 'What came due during the pause is skipped.' },
];

/** Ends a pause, with a word on what becomes of the waits that it has run into. */
export function ResumeControls(props: { label: string; busy: boolean; onResume: (resume: Resume) => void }) {
  const { label, busy, onResume } = props;
  const [choice, setChoice] = useState(asSet);
  const policy = choice === asSet ? undefined : (choice as NonNullable<Resume['policy']>);
  return (
    <>
      <Select
        className="w-56"
        label="Waits"
        labelInside
        options={choices}
        value={choice}
        onChange={setChoice}
      />
      <Button variant="primary" busy={busy} onClick={() => onResume({ policy })}>
        <Play aria-hidden />
        {label}
      </Button>
    </>
  );
}
