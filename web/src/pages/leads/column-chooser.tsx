import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Popover, popoverItemClass } from '../../components/popover.tsx';

/** Which columns the table shows. */
export function ColumnChooser({
  choices,
  chosen,
  onChange,
}: {
  choices: { id: string; label: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <Popover
      title="Columns"
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={
        <Button aria-label="Columns" title="Columns" className="w-9 px-0">
          <Columns3 aria-hidden />
        </Button>
      }
    >
      <p aria-hidden className="px-2.5 pt-1 pb-1.5 text-xs text-ink-faint">
        Columns
      </p>
      <ul>
        {choices.map(({ id, label }) => (
          <li key={id}>
            <label className={`${popoverItemClass} cursor-pointer`}>
              <Checkbox checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <span className="truncate">{label}</span>
            </label>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
