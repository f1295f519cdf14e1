import { useEffect, useRef } from 'react';
import { useText } from '../../text.ts';
import { Player } from '../media/player.tsx';
import { Ambience } from './ambience.tsx';
import type { RoomPageData } from './data.ts';

interface RoomPictureProps {
  room: RoomPageData;
  mode: 'live' | 'replay';
  onMediaTime: (at: Date) => void;
  /** Tapped twice: a short cut; there is a button for everyone. */
  onTwice?: () => void;
}

/** The picture of a room, whole on a desktop, filling a phone. */
export function RoomPicture({ room, mode, onMediaTime, onTwice }: RoomPictureProps) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onTwice);
  latest.current = onTwice;
  useEffect(() => {
    const element = place.current;
    const heard = () => latest.current?.();
    element?.addEventListener('dblclick', heard);
    return () => element?.removeEventListener('dblclick', heard);
  }, []);
  return (
    <div ref={place} className="absolute inset-0">
      <Ambience picture={place} />
      <Player
        stream={room.stream}
        mode={mode}
        label={t('rooms.picture', { name: room.host.name, title: room.title })}
        onMediaTime={onMediaTime}
        className="absolute inset-0 size-full md:bg-transparent md:[&_video]:object-contain"
      />
    </div>
  );
}
