/** The product's sign and name. */
export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <svg viewBox="0 0 32 32" className="size-7" aria-hidden>
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g className="stroke-on-accent" fill="none" strokeLinecap="round">
          <path d="M10 8v10a4 4 0 0 0 4 4h8" strokeWidth="3" />
          <circle cx="22.5" cy="22" r="3.2" strokeWidth="2.6" className="fill-accent" />
        </g>
        <circle cx="10" cy="8" r="3" className="fill-on-accent" />
      </svg>
      <span className="text-[15px] font-semibold tracking-tight">Leadway</span>
    </span>
  );
}
