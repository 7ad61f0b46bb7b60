import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { uploadDraft } from '../../data/imports.ts';
import type { Import } from '../../data/imports.ts';
import { Button } from '../../components/button.tsx';
import { acceptedFiles } from '../../lib/accepted-files.ts';
import { toastError } from '../../lib/toasts.ts';

/** Takes the same leads again, mended; what was chosen for the first file is chosen for this one. */
export function MendedUpload({
  of,
  label,
  primary = false,
}: {
  of: Import;
  label: string;
  primary?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const upload = useMutation({
    mutationFn: (file: File) => uploadDraft(file, of.options),
    onSuccess: (draft) => navigate({ to: '/imports/$importId', params: { importId: draft.id } }),
    onError: (error, file) => toastError(`${file.name} was not taken`, error),
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={acceptedFiles}
        // Only its button is shown, to everybody.
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) upload.mutate(file);
          event.target.value = '';
        }}
      />
      <Button
        size={primary ? 'md' : 'sm'}
        variant={primary ? 'primary' : 'secondary'}
        busy={upload.isPending}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden />
        {label}
      </Button>
    </>
  );
}
