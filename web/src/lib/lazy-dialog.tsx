import { Suspense, lazy, useState } from 'react';
import type { ComponentType } from 'react';

/** A dialog whose code is loaded when it is first opened. It stays mounted from then on, so that it can close gracefully. */
export function lazyDialog<Props extends { open: boolean }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function LazyDialog(props: Props) {
    const [used, setUsed] = useState(props.open);
    if (props.open && !used) setUsed(true);
    return used ? (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    ) : null;
  };
}
