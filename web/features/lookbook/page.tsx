import { useState } from 'react';
import {
  Avatar,
  Badge,
  Button,
  Card,
  Checkbox,
  Choices,
  Coins,
  Dialog,
  EmptyState,
  ErrorNote,
  Facts,
  Icon,
  IconButton,
  List,
  ListRow,
  Menu,
  Note,
  Page,
  Price,
  Progress,
  Section,
  Select,
  Sheet,
  Skeleton,
  Stat,
  Table,
  Tabs,
  TextArea,
  TextField,
  toast,
} from '../../ui/index.ts';
export default function P() {
  const [sheet, setSheet] = useState(location.hash === '#sheet');
  const [dialog, setDialog] = useState(location.hash === '#dialog');
  const [v, setV] = useState('Anna');
  const [c, setC] = useState(true);
  const [r, setR] = useState('a');
  const m = { amount: '14990', currency: 'EUR' };
  return (
    <Page
      title="Lookbook of the house"
      intro="Every primitive at once, so that they can be judged beside each other."
      actions={
        <>
          <Button tone="accent" icon="plus">
            New product
          </Button>
          <Menu
            label="x"
            items={[{ label: 'Edit', icon: 'edit' }, 'line', { label: 'Delete', icon: 'trash', danger: true }]}
          />
        </>
      }
      back
    >
      <Section title="Buttons">
        <div className="flex flex-wrap gap-2">
          <Button tone="accent">Buy now</Button>
          <Button>Plain</Button>
          <Button tone="quiet">Quiet</Button>
          <Button tone="danger">End the live</Button>
          <Button tone="accent" busy>
            Buying
          </Button>
          <Button disabled>Disabled</Button>
          <Button size="sm">Small</Button>
          <Button size="lg" tone="accent" icon="gift">
            Large
          </Button>
          <IconButton icon="heart" label="Like" filled />
          <IconButton icon="share" label="Share" tone="plain" count={3} />
          <Button onClick={() => setSheet(true)}>Sheet</Button>
          <Button onClick={() => setDialog(true)}>Dialog</Button>
          <Button
            onClick={() =>
              toast({
                title: 'Rose sent',
                text: 'To Mira',
                tone: 'good',
                action: { label: 'Receipt', onPress: () => 0 },
              })
            }
          >
            Toast
          </Button>
        </div>
      </Section>
      <Section title="Fields">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Name" value={v} onChange={setV} hint="As it stands on your parcels" />
          <TextField label="Price" value="19,99" onChange={setV} suffix="EUR" error="Must be more than 0" />
          <Select
            label="Country"
            value="de"
            onChange={() => 0}
            choices={[
              { value: 'de', label: 'Germany' },
              { value: 'us', label: 'United States' },
            ]}
          />
          <TextArea label="About" optional value="" onChange={setV} placeholder="Who are you?" />
          <Checkbox label="I am 18 or older" hint="Needed for gifts" checked={c} onChange={setC} />
          <Checkbox kind="switch" label="Followers only" checked={c} onChange={setC} />
          <Choices
            label="Pack"
            value={r}
            onChange={setR}
            choices={[
              { value: 'a', label: <Coins amount={70} />, end: <Price money={{ amount: '98', currency: 'EUR' }} /> },
              { value: 'b', label: <Coins amount={350} />, end: <Price money={{ amount: '490', currency: 'EUR' }} /> },
            ]}
          />
          <Choices
            look="chips"
            label="Size"
            value={r}
            onChange={setR}
            choices={[
              { value: 'a', label: 'Small' },
              { value: 'b', label: 'Large' },
              { value: 'c', label: 'Gone', disabled: true },
            ]}
          />
        </div>
      </Section>
      <Section title="States">
        <div className="flex flex-wrap gap-2">
          <Badge tone="accent" icon="live">
            LIVE
          </Badge>
          <Badge>Plain</Badge>
          <Badge tone="good">Paid</Badge>
          <Badge tone="bad">Cancelled</Badge>
          <Badge tone="wash">New</Badge>
        </div>
        <div className="mt-3 grid gap-2">
          <ErrorNote
            error={{ code: 'no_funds', title: 'Not enough coins', money_moved: false }}
            money
            onRetry={() => 0}
          />
          <Note>A note that one should read.</Note>
          <Note tone="good" icon="check">
            Your order is placed.
          </Note>
          <Progress value={3} max={12} label="Uploading" note="3 of 12 MB" />
          <Skeleton className="h-10" />
        </div>
      </Section>
      <Section title="Cards and numbers">
        <div className="grid gap-3 sm:grid-cols-3">
          <Card>
            <Stat label="Balance" value={<Coins amount={12480} money={{ amount: '17472', currency: 'EUR' }} />} />
          </Card>
          <Card>
            <Stat label="Earned today" value={<Price money={m} />} note="from 41 gifts" />
          </Card>
          <Card to="/x">
            <Stat label="Viewers" value="1,204" />
          </Card>
        </div>
        <Card className="mt-3">
          <Facts
            sum
            rows={[
              ['Bowl, ash glaze', <Price money={m} />],
              ['Shipping', '4,90 €'],
              ['of which VAT', '31,12 €'],
              ['Total', '194,80 €'],
            ]}
          />
        </Card>
      </Section>
      <Section title="Lists">
        <List>
          <ListRow
            lead={<Avatar name="Mira Sand" live />}
            title="Mira Sand"
            text="@mira · live now"
            end={<Button size="sm">Follow</Button>}
          />
          <ListRow to="/x" lead={<Avatar name="Jonas Kai" />} title="Jonas Kai" text="@jonas" />
          <ListRow onPress={() => 0} lead={<Icon name="receipt" />} title="Receipt" end="12,40 €" />
        </List>
        <Table
          label="Orders"
          rows={[
            { id: '1', n: 'Bowl, ash glaze', s: 'Paid', m: '149,90 €' },
            { id: '2', n: 'Cup', s: 'Shipped', m: '24,00 €' },
          ]}
          rowKey={(x) => x.id}
          columns={[
            { id: 'n', head: 'Product', main: true, cell: (x) => x.n },
            { id: 's', head: 'State', cell: (x) => <Badge tone="good">{x.s}</Badge> },
            { id: 'm', head: 'Total', end: true, cell: (x) => x.m },
          ]}
        />
        <Tabs
          label="x"
          tabs={[
            { value: 'a', label: 'All', count: 12, panel: 'A' },
            { value: 'b', label: 'Unpaid', panel: 'B' },
            { value: 'c', label: 'Shipped', panel: 'C' },
          ]}
        />
      </Section>
      <EmptyState
        icon="bag"
        title="No orders yet"
        text="What you buy in a live room or in the shop stands here."
        action={<Button tone="accent">See what is live</Button>}
      />
      <Sheet
        open={sheet}
        onClose={() => setSheet(false)}
        title="Your order"
        description="From Mira's live"
        foot={
          <Button tone="accent" wide size="lg">
            zahlungspflichtig bestellen
          </Button>
        }
      >
        <Facts
          sum
          rows={[
            ['Bowl', '149,90 €'],
            ['Shipping', '4,90 €'],
            ['Total', '154,80 €'],
          ]}
        />
        <TextField className="mt-4" label="Street" value="" onChange={setV} />
      </Sheet>
      <Dialog
        open={dialog}
        onClose={() => setDialog(false)}
        title="End the live?"
        confirm="End the live"
        danger
        onConfirm={() => 0}
      >
        Your 214 viewers will see the replay from now on.
      </Dialog>
    </Page>
  );
}
