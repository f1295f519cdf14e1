import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { EmptyState, ErrorNote, Mark, Section, Skeleton, useTitle } from '../../ui/index.ts';
import { Door, type DoorName } from './doors.tsx';
import { Moments } from './moments.tsx';

function placeBehind(door: DoorName, room_id: string | null): string {
  if (door === 'watch') return room_id ? `/live/${room_id}` : '/';
  return { create: '/studio/live', sell: '/seller', run: '/operate' }[door];
}

/** Signs in through a door and goes where its person works. */
function useDoors(room_id: string | null) {
  const { refresh } = useSignedIn();
  const navigate = useNavigate();
  const [entering, setEntering] = useState<DoorName | null>(null);
  const [error, setError] = useState<unknown>(null);
  const enter = async (door: DoorName) => {
    setEntering(door);
    setError(null);
    const answer = await api.POST('/api/demo/doors/{door}', { params: { path: { door } } });
    if (answer.error) setError(answer.error);
    else {
      await refresh();
      await navigate({ to: placeBehind(door, room_id) });
    }
    setEntering(null);
  };
  return { entering, error, enter };
}

const WAIT_MS = 1500;

/** The demo: four doors, and a few things to try. */
export default function DemoPage() {
  const { t } = useText();
  useTitle(t('demo.title'));
  const demo = $api.useQuery(
    'get',
    '/api/demo',
    {},
    { refetchInterval: ({ state }) => (state.data?.room_id ? 30_000 : WAIT_MS) },
  );
  const room_id = demo.data?.room_id ?? null;
  const { entering, error, enter } = useDoors(room_id);
  if (demo.error) {
    return (
      <EmptyState
        className="min-h-[60dvh] justify-center"
        icon="home"
        title={t('demo.none')}
        text={t('demo.none_text')}
      />
    );
  }
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 sm:px-6 md:pt-14">
      <div className="max-w-2xl">
        <Mark className="size-12 max-md:hidden" />
        <h1 className="font-extrabold text-3xl tracking-[-0.04em] md:mt-5">{t('demo.headline')}</h1>
        <p className="mt-3 text-lg text-soft">{t('demo.intro')}</p>
      </div>
      <ErrorNote error={error} className="mt-6" />
      <div className="mt-8 grid grid-cols-2 gap-x-4 gap-y-7 md:mt-10 lg:grid-cols-4 lg:gap-x-6">
        {demo.data?.open
          ? demo.data.doors.map(({ door, person }) => (
              <Door
                key={door}
                name={door}
                person={person}
                title={t(`demo.door_${door}`)}
                text={t(`demo.door_${door}_text`)}
                busy={entering === door}
                disabled={entering !== null}
                onEnter={() => void enter(door)}
              />
            ))
          : ['a', 'b', 'c', 'd'].map((key) => <Skeleton key={key} className="arch aspect-[4/5]" />)}
      </div>
      {demo.data && !demo.data.open && (
        <p role="status" className="mt-6 text-soft">
          {t('demo.opening')}
        </p>
      )}
      <Section title={t('demo.moments')} text={t('demo.moments_text')} className="mt-12">
        <Moments room_id={room_id} />
      </Section>
    </div>
  );
}
