import type { ComponentType } from 'react';
import { cx } from '../../ui/index.ts';
import { Carousel, Diamond, Lantern } from './art_banner.tsx';
import { Applause, Coffee, Rose } from './art_chip.tsx';
import { Bouquet, Butterfly, Clover, Fireflies, Sunflower } from './art_garden.tsx';
import { Lighthouse, Whale } from './art_sea.tsx';
import { Balloon, Fireworks, PaperPlane, Star, Universe, Voyage } from './art_sky.tsx';
import { Aurora, Comet } from './art_stage.tsx';
import './gifts.css';

const ART: Record<string, ComponentType> = {
  rose: Rose,
  clover: Clover,
  applause: Applause,
  star: Star,
  balloon: Balloon,
  coffee: Coffee,
  paper_plane: PaperPlane,
  sunflower: Sunflower,
  diamond: Diamond,
  bouquet: Bouquet,
  fireflies: Fireflies,
  lantern: Lantern,
  butterfly: Butterfly,
  carousel: Carousel,
  lighthouse: Lighthouse,
  fireworks: Fireworks,
  comet: Comet,
  whale: Whale,
  voyage: Voyage,
  aurora: Aurora,
  universe: Universe,
};

/** The drawing of a gift. It stands still unless `moving`; a gift this page does not know yet is a plain parcel. */
export function GiftArt({ gift, moving, className }: { gift: string; moving?: boolean; className?: string }) {
  const Art = ART[gift];
  return (
    <svg viewBox="0 0 64 64" className={cx('gift-art', moving && 'gift-moving', className)} aria-hidden="true">
      {Art ? <Art /> : <Parcel />}
    </svg>
  );
}

const Parcel = () => (
  <>
    <path d="M10 26h44v30H10Z" className="fill-accent" />
    <path d="M28 26h8v30h-8ZM8 18h48v9H8Z" className="fill-accent-text" />
  </>
);
