import { useEffect, useId, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, buttonClass } from '../../ui/index.ts';

const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** Puts or takes away the picture of a plan. @throws the problem document of a refusal */
export async function putPicture(schedule_id: string, file: File | null): Promise<void> {
  const answer = await fetch(`/api/schedules/${schedule_id}/picture`, {
    method: file ? 'PUT' : 'DELETE',
    ...(file && { headers: { 'content-type': file.type }, body: file }),
  });
  if (!answer.ok) throw await answer.json();
}

interface PictureFieldProps {
  /** What stands there now. */
  url: string | null;
  /** Undefined: as it is; null: none. */
  chosen: File | null | undefined;
  onChange: (file: File | null) => void;
}

/** The picture of a planned live, in portrait. */
export function PictureField({ url, chosen, onChange }: PictureFieldProps) {
  const { t } = useText();
  const id = useId();
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    if (!chosen) return setPreview(null);
    const made = URL.createObjectURL(chosen);
    setPreview(made);
    return () => URL.revokeObjectURL(made);
  }, [chosen]);
  const shown = chosen === undefined ? url : preview;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{t('lives.picture')}</legend>
      <div className="flex items-end gap-4">
        {shown && <img src={shown} alt="" className="aspect-[3/4] w-28 rounded-lg bg-raised object-cover" />}
        <div className="flex flex-wrap gap-2">
          <label htmlFor={id} className={`${buttonClass('plain')} cursor-pointer has-focus-visible:outline-2`}>
            {t(shown ? 'lives.other_picture' : 'lives.add_picture')}
            <input
              id={id}
              type="file"
              accept={TYPES.join(',')}
              className="sr-only"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) onChange(file);
                target.value = '';
              }}
            />
          </label>
          {shown && (
            <Button tone="quiet" icon="trash" onClick={() => onChange(null)}>
              {t('lives.remove_picture')}
            </Button>
          )}
        </div>
      </div>
    </fieldset>
  );
}
