import { useState } from 'react';
import { useText } from '../../text.ts';
import { Coins, ErrorNote, Page, Section, Skeleton } from '../../ui/index.ts';
import { useCoinPrice } from '../wallet/coin_price.ts';
import { type CatalogGift, useCatalog } from './data.ts';
import { GiftArt } from './gift_art.tsx';
import { soundOf } from './gift_sound.ts';
import { SoundControl } from './sound_control.tsx';
import { SplitBar } from './split_bar.tsx';
import { StageScene } from './stage_scene.tsx';

const CLASSES = ['chip', 'banner', 'stage'] as const;
const SHOWN_MS = 6_500;

/** Every gift of the house with its price, to be tried without giving anything. */
export default function GiftBookPage() {
  const { t } = useText();
  const catalog = useCatalog();
  const [tried, setTried] = useState<{ gift: CatalogGift; at: number } | null>(null);
  const play = (gift: CatalogGift) => {
    soundOf(gift.gift, gift.class === 'chip');
    const at = performance.now();
    setTried({ gift, at });
    window.setTimeout(() => setTried((now) => (now?.at === at ? null : now)), SHOWN_MS);
  };
  return (
    <Page title={t('gifts.book')} intro={t('gifts.book_text')}>
      <SoundControl />
      <ErrorNote error={catalog.error} onRetry={() => void catalog.refetch()} />
      {catalog.isPending && <Skeleton className="mt-6 h-96 rounded-xl" />}
      <div id="gift-sheet">
        {catalog.data &&
          CLASSES.map((shown) => (
            <Section
              key={shown}
              title={t(`gifts.class_${shown}`)}
              text={t(`gifts.class_${shown}_text`)}
              className="mt-8"
            >
              <ul className="grid grid-cols-3 gap-2 sm:grid-cols-4 lg:grid-cols-7">
                {catalog.data.items
                  .filter((gift) => gift.class === shown)
                  .map((gift) => (
                    <Plate key={gift.gift} gift={gift} moving={tried?.gift === gift} onTry={() => play(gift)} />
                  ))}
              </ul>
            </Section>
          ))}
      </div>
      {catalog.data && (
        <Section title={t('gifts.book_share')} text={t('gifts.book_share_text')} className="mt-10 max-w-lg">
          <SplitBar split={catalog.data.hundred} />
        </Section>
      )}
      {tried?.gift.class === 'stage' && (
        <div className="pointer-events-none fixed inset-0 z-40 bg-black/55" data-stage={tried.gift.gift}>
          <StageScene gift={tried.gift.gift}>
            <span className="font-semibold text-sm">{t(`gifts.name_${tried.gift.gift}`)}</span>
          </StageScene>
        </div>
      )}
    </Page>
  );
}

function Plate({ gift, moving, onTry }: { gift: CatalogGift; moving: boolean; onTry: () => void }) {
  const { t } = useText();
  const priceOf = useCoinPrice();
  const name = t(`gifts.name_${gift.gift}`);
  return (
    <li>
      <button
        type="button"
        onClick={onTry}
        className="flex size-full min-w-0 flex-col items-center rounded-lg bg-surface px-1 pt-4 pb-3 transition-colors hover:bg-raised"
      >
        <GiftArt gift={gift.gift} moving={moving} className="size-18" />
        <span className="mt-2 mb-auto max-w-full break-words text-center font-semibold text-sm leading-tight">
          {name}
        </span>
        <Coins amount={gift.coins} money={priceOf(gift.coins)} stacked className="text-sm" />
      </button>
    </li>
  );
}
