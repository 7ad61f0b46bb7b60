const steps = [
  { title: 'Drop a file', text: 'You see how it is read, and every line that needs mending.' },
  { title: 'Choose a campaign', text: 'You see who would be left out and why, before anything is sent.' },
  { title: 'Watch it run', text: 'Each lead’s journey is live: pause, resume and step in at any time.' },
];

/** How it goes, for those who have not launched anything yet. */
export function FirstSteps() {
  return (
    <ol aria-label="How it goes" className="mt-8 grid grid-cols-1 gap-4 sm:grid-cols-3">
      {steps.map(({ title, text }, index) => (
        <li key={title} className="flex gap-3">
          <span
            aria-hidden
            className="tabular grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-[13px] font-semibold text-accent-strong"
          >
            {index + 1}
          </span>
          <div className="min-w-0">
            <p className="text-sm font-medium">{title}</p>
            <p className="mt-0.5 text-[13px] text-ink-muted">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
