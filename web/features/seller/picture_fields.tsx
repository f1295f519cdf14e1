import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { buttonClass, ErrorNote, IconButton, Spinner } from '../../ui/index.ts';
import type { Product } from '../catalog/data.ts';

const MOST = 8;
const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** Up to eight pictures. The server draws each of them anew. */
export function PictureFields({ product, onChanged }: { product: Product; onChanged: () => void }) {
  const { t } = useText();
  const id = useId();
  const { product_id } = product;
  const free = Array.from({ length: MOST }, (_, at) => at).find(
    (at) => !product.images.some((image) => image.position === at),
  );
  const put = useMutation({
    mutationFn: (file: File) => upload(product_id, free ?? 0, file),
    onSuccess: onChanged,
  });
  const remove = useMutation({
    mutationFn: async (position: number) => {
      const params = { path: { product_id, position } };
      const { error } = await api.DELETE('/api/products/{product_id}/images/{position}', { params });
      if (error) throw error;
    },
    onSuccess: onChanged,
  });
  return (
    <div className="grid gap-3">
      <ErrorNote error={put.error ?? remove.error} />
      <div className="flex flex-wrap items-center gap-3">
        {product.images.map((image) => (
          <div key={image.url} className="relative">
            <img src={image.small_url} alt="" className="size-24 rounded-md object-cover" />
            <span className="absolute top-1 right-1">
              <IconButton
                icon="close"
                size="sm"
                tone="glass"
                label={t('seller.remove_picture', { n: image.position + 1 })}
                busy={remove.isPending}
                onClick={() => remove.mutate(image.position)}
              />
            </span>
          </div>
        ))}
        {free !== undefined && (
          <label htmlFor={id} className={`${buttonClass('plain')} cursor-pointer has-focus-visible:outline-2`}>
            {put.isPending ? <Spinner /> : t('seller.add_picture')}
            <input
              id={id}
              type="file"
              accept={TYPES.join(',')}
              className="sr-only"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) put.mutate(file);
                target.value = '';
              }}
            />
          </label>
        )}
      </div>
    </div>
  );
}

/** The picture itself is the body, so that it goes past the JSON of the typed client. */
async function upload(product_id: string, position: number, file: File): Promise<void> {
  const headers = { 'content-type': file.type };
  const answer = await fetch(`/api/products/${product_id}/images/${position}`, { method: 'PUT', headers, body: file });
  if (!answer.ok) throw await answer.json();
}
