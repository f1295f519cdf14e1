import { useText } from '../../text.ts';
import { Button, Choices, IconButton, TextField } from '../../ui/index.ts';
import { LONGEST, LOOKS, SIZES, type Words } from './words.ts';

interface WordsFieldsProps {
  words: readonly Words[];
  chosen: number | null;
  onChoose: (at: number | null) => void;
  onWords: (words: readonly Words[]) => void;
  onChange: (at: number, change: Partial<Words>) => void;
}

const MOST = 5;
const NEW: Words = { text: '', x: 0.5, y: 0.3, size: SIZES[1], look: 'plain' };

/** Words to lay over the picture: what they say, how they look. Where they stand is shown on the picture. */
export function WordsFields({ words, chosen, onChoose, onWords, onChange }: WordsFieldsProps) {
  const { t } = useText();
  const at = chosen ?? 0;
  const one = words[at];
  const add = () => {
    onWords([...words, { ...NEW, y: 0.2 + (words.length % 4) * 0.18 }]);
    onChoose(words.length);
  };
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 font-medium text-sm">{t('posting.words')}</legend>
      {one && (
        <>
          <div className="flex items-end gap-2">
            <TextField
              className="grow"
              label={t('posting.words_text')}
              hint={t('posting.words_hint')}
              value={one.text}
              maxLength={LONGEST}
              autoComplete="off"
              onChange={(text) => onChange(at, { text })}
            />
            <IconButton
              icon="trash"
              label={t('posting.words_remove')}
              className="mb-7"
              onClick={() => {
                onWords(words.filter((_, i) => i !== at));
                onChoose(null);
              }}
            />
          </div>
          <div className="flex flex-wrap gap-4">
            <Choices
              label={t('posting.words_look')}
              look="chips"
              value={one.look}
              onChange={(look) => onChange(at, { look })}
              choices={LOOKS.map((value) => ({ value, label: t(`posting.look_${value}`) }))}
            />
            <Choices
              label={t('posting.words_size')}
              look="chips"
              value={String(SIZES.indexOf(one.size as never))}
              onChange={(value) => onChange(at, { size: SIZES[Number(value)] ?? SIZES[1] })}
              choices={SIZES.map((_, i) => ({ value: String(i), label: ['S', 'M', 'L'][i] }))}
            />
          </div>
        </>
      )}
      {words.length < MOST && (
        <Button icon="plus" className="justify-self-start" onClick={add}>
          {t('posting.words_add')}
        </Button>
      )}
    </fieldset>
  );
}
