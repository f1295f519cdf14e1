import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, Coins, cx, ErrorNote, Note, type ProblemDocument, Sheet, Skeleton } from '../../ui/index.ts';
import { TipSheet } from '../tips/tip_sheet.tsx';
import { useCoinPrice } from '../wallet/coin_price.ts';
import { useMarket } from '../wallet/data.ts';
import { HalfDialog } from '../wallet/half_dialog.tsx';
import { TopUpSheet } from '../wallet/top_up_sheet.tsx';
import { type CatalogGift, type Receiver, useCatalog } from './data.ts';
import { GiftArt } from './gift_art.tsx';
import { GiftGrid } from './gift_grid.tsx';
import { SoundControl } from './sound_control.tsx';
import { type Split, SplitBar } from './split_bar.tsx';
import { UndoBar } from './undo_bar.tsx';
import { type Combo, useCombo } from './use_combo.ts';

interface GiftTrayProps {
  open: boolean;
  onClose: () => void;
  /** Whom the gift is for: a person, or the host of a live room (`room_id`, and the room's `request`). */
  receiver: Receiver;
  /** Leaves the picture behind it clear. */
  clear?: boolean;
}

/**
 * The gift tray. Every tap on the button is a piece; taps gather into a combo. Where coins are missing exactly those
 * are offered, and the interrupted gift then completes.
 */
export function GiftTray({ open, onClose, receiver, clear }: GiftTrayProps) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const catalog = useCatalog(open);
  const wallet = $api.useQuery('get', '/api/wallet', {}, { enabled: open && me !== null });
  const [chosen, setChosen] = useState('rose');
  const [topUp, setTopUp] = useState<string | null>(null);
  const [tipping, setTipping] = useState(false);
  const market = useMarket();
  const combo = useCombo(receiver);
  const gift = catalog.data?.items.find((one) => one.gift === chosen);
  const balance = wallet.data?.coins;
  const problem = combo.error as ProblemDocument | null;
  const missing = problem?.code === 'no_funds';
  const half = problem?.code === 'spending_half';

  const send = (one: CatalogGift) =>
    act(() => {
      const needs = combo.needs + BigInt(one.coins);
      if (balance !== undefined && BigInt(balance) < needs && combo.open === 0) setTopUp(one.coins);
      else combo.tap(one);
    });
  // The gift that was interrupted completes: refused pieces go out again, a first one is sent now.
  const completed = () => {
    setTopUp(null);
    if (combo.open > 0) combo.again();
    else if (gift) combo.tap(gift);
  };
  const needed = combo.open > 0 ? String(combo.needs) : (gift?.coins ?? '0');

  return (
    <>
      <Sheet
        open={open && topUp === null && !tipping}
        onClose={onClose}
        clear={clear}
        title={t('gifts.tray_title', { name: receiver.name })}
        foot={
          gift && (
            <>
              {missing ? (
                <Note tone="accent" icon="coin" className="mb-2">
                  <p className="font-semibold">{t('gifts.missing', { n: combo.open })}</p>
                  <div className="mt-2 flex gap-2">
                    <Button size="sm" tone="accent" onClick={() => setTopUp(needed)}>
                      {t('gifts.buy_missing')}
                    </Button>
                    <Button size="sm" tone="quiet" onClick={combo.drop}>
                      {t('ui.cancel')}
                    </Button>
                  </div>
                </Note>
              ) : (
                !half && <ErrorNote error={combo.error} money onRetry={() => combo.again()} className="mb-2" />
              )}
              <UndoBar combo={combo} className="mb-2" />
              <TrayFoot
                gift={gift}
                balance={balance}
                combo={combo}
                onSend={() => send(gift)}
                onTopUp={() => act(() => setTopUp(needed))}
              />
            </>
          )
        }
      >
        {catalog.error && <ErrorNote error={catalog.error} onRetry={() => void catalog.refetch()} />}
        {catalog.isPending && <Skeleton className="h-72 rounded-lg" />}
        {catalog.data && (
          <div className={cx(clear && 'max-md:-mx-2 max-md:max-h-[38dvh] max-md:overflow-y-auto max-md:px-2')}>
            <GiftGrid gifts={catalog.data.items} chosen={chosen} onChoose={setChosen} />
          </div>
        )}
        {catalog.data && gift && <Share of={gift} hundred={catalog.data.hundred} />}
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4">
          <SoundControl />
          {market?.features.tips && (
            <Button size="sm" tone="quiet" onClick={() => act(() => setTipping(true))}>
              {t('tips.instead')}
            </Button>
          )}
        </div>
      </Sheet>
      {!open && (
        <div className="pointer-events-none fixed inset-x-0 bottom-24 z-30 flex justify-center px-4">
          <UndoBar
            combo={combo}
            className="pointer-events-auto rounded-full bg-surface px-4 py-1 text-ink shadow-lift"
          />
        </div>
      )}
      <HalfDialog
        problem={half ? problem : null}
        confirm={t('gifts.half_confirm')}
        onConfirm={() => combo.again(true)}
        onClose={combo.drop}
      />
      <TipSheet
        open={open && tipping}
        onClose={() => setTipping(false)}
        name={receiver.name}
        subject={receiver.room_id ? { kind: 'room', id: receiver.room_id } : { kind: 'person', id: receiver.person_id }}
      />
      <TopUpSheet
        open={open && topUp !== null}
        need={topUp ?? undefined}
        onClose={() => setTopUp(null)}
        onDone={completed}
      />
    </>
  );
}

/** Who gets what of the gift; of a gift of a cent or two, what of a whole euro: cents would hide the share. */
function Share({ of, hundred }: { of: Split; hundred: Split }) {
  const { t } = useText();
  const format = useFormat();
  const split = BigInt(of.total.amount) < 50n ? hundred : of;
  return (
    <div className="mt-4">
      <p className="mb-1.5 text-soft text-xs">{t('gifts.share_of', { total: format.money(split.total) })}</p>
      <SplitBar split={split} />
    </div>
  );
}

interface TrayFootProps {
  gift: CatalogGift;
  balance: string | undefined;
  combo: Combo;
  onSend: () => void;
  onTopUp: () => void;
}

function TrayFoot({ gift, balance, combo, onSend, onTopUp }: TrayFootProps) {
  const { t } = useText();
  const priceOf = useCoinPrice();
  const running = combo.shown > 0;
  return (
    <div className="flex items-center gap-3">
      <button
        type="button"
        onClick={onTopUp}
        className="flex min-h-11 min-w-0 flex-col items-start justify-center rounded-md px-1 text-left text-sm hover:bg-raised"
      >
        {balance === undefined ? (
          <span className="text-soft">{t('gifts.sign_in_hint')}</span>
        ) : (
          <Coins amount={balance} money={priceOf(balance)} />
        )}
        <span className="text-accent-text text-xs underline underline-offset-2">{t('gifts.top_up')}</span>
      </button>
      <Button tone="accent" size="lg" className="ml-auto min-w-44 grow sm:grow-0" onClick={onSend}>
        {running ? (
          <>
            <GiftArt gift={gift.gift} className="size-7" />
            <span key={combo.shown} className="gift-count tabular text-lg">
              {t('gifts.combo', { n: combo.shown })}
            </span>
          </>
        ) : (
          t('gifts.send', { name: t(`gifts.name_${gift.gift}`) })
        )}
      </Button>
      <span className="sr-only" aria-live="polite">
        {combo.open === 0 && running ? t('gifts.sent', { n: combo.shown }) : ''}
      </span>
    </div>
  );
}
