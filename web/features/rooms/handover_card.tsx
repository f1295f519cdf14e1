import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Avatar, Button, ButtonLink } from '../../ui/index.ts';

const SECONDS = 10;

interface HandoverCardProps {
  /** Who ends. */
  from: string;
  to_room_id: string;
  onStay: () => void;
}

/** The host hands over: the viewer goes along in ten seconds, at once, or not. Not where that live is not for them. */
export function HandoverCard({ from, to_room_id, onStay }: HandoverCardProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const to = $api.useQuery('get', '/api/rooms/{room_id}', { params: { path: { room_id: to_room_id } } });
  const [left, setLeft] = useState(SECONDS);
  const there = to.data?.state === 'live';
  useEffect(() => {
    if (!there) return;
    const timer = setInterval(() => setLeft((n) => n - 1), 1_000);
    return () => clearInterval(timer);
  }, [there]);
  useEffect(() => {
    if (there && left <= 0) void navigate({ to: `/live/${to_room_id}`, replace: true });
  }, [there, left, navigate, to_room_id]);
  // Blocked, or over meanwhile: the live has simply ended.
  useEffect(() => {
    if (to.error || (to.data && !there)) onStay();
  }, [to.error, to.data, there, onStay]);
  if (!to.data || !there) return null;
  const { host, title } = to.data;
  return (
    <div className="absolute inset-0 z-20 flex flex-col items-center justify-center bg-black/80 p-6 text-center text-white backdrop-blur-md">
      <Avatar name={host.name} src={host.avatar_url} size="xl" className="arch" />
      <h2 className="mt-5 font-bold text-xl" role="status">
        {t('lives.handed', { from, to: host.name })}
      </h2>
      <p className="mt-1.5 max-w-xs text-white/80">{title}</p>
      <div className="mt-6 flex w-full max-w-xs flex-col gap-2.5">
        <ButtonLink to={`/live/${to_room_id}`} tone="accent" size="lg" wide icon="play">
          {t('lives.go_along', { n: Math.max(0, left) })}
        </ButtonLink>
        <Button tone="glass" size="lg" wide className="!bg-white/15" onClick={onStay}>
          {t('lives.stay')}
        </Button>
      </div>
    </div>
  );
}
