import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { ArrowClockwise16Regular, TextBulletListLtr16Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import type { Discovery } from '../../../shared/discovery.ts';
import { useApi } from '../../host/api-context.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { IconButton, IconToggle } from '../../kit/controls/IconButton.tsx';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { usePage } from '../../view/page-store.ts';
import { ChannelItem } from './ChannelItem.tsx';
import { look, showAll, useFound, watchChannels } from './discovery-store.ts';
import { UnseenList } from './UnseenList.tsx';
import './discovery.css';

/** The channels of this machine, in the side bar: kept up to date while visible. */
export function ChannelList() {
  const api = useApi();
  const { discovery, failure, all } = useFound();
  const captures = usePage((state) => state.page === 'captures');
  useEffect(() => watchChannels(api), [api]);
  const refresh = () => void look(api);
  useRegistered([
    {
      ...{ id: 'find-channels', title: 'Refresh the channels found', group: 'Sessions', keys: 'F5' },
      run: refresh,
      when: () => !captures,
    },
  ]);
  return (
    <nav className="found" aria-label="Channels found">
      <h2>
        Channels found <span className="number">{discovery ? formatInteger(discovery.channels.length) : ''}</span>
        <span className="found-tools">
          <IconToggle
            label="All sections"
            hint="Show the sections that do not look like a channel too"
            icon={<TextBulletListLtr16Regular />}
            checked={all}
            onClick={() => showAll(api, !all)}
          />
          <IconButton
            label="Refresh the channels found"
            hint="Refresh"
            keys="F5"
            icon={<ArrowClockwise16Regular />}
            onClick={refresh}
          />
        </span>
      </h2>
      {failure && (
        <p className="found-failure" role="alert">
          <span className="foreign">{visibleText(failure.message)}</span>
        </p>
      )}
      {!discovery && !failure && <p className="found-none">Looking…</p>}
      {discovery && <Sections discovery={discovery} all={all} />}
    </nav>
  );
}

function Sections({ discovery, all }: { discovery: Discovery; all: boolean }) {
  const { channels, others, unseen } = discovery;
  return (
    <div className="found-scroll">
      {channels.length === 0 && <p className="found-none">None on this machine</p>}
      <ul>
        {channels.map((section) => (
          <ChannelItem key={section.id} section={section} discovery={discovery} />
        ))}
      </ul>
      {all && (
        <>
          <h3>
            Other sections <span className="number">{formatInteger(others.count)}</span>
          </h3>
          {others.count === 0 && <p className="found-none">None</p>}
          <ul>
            {others.sections.map((section) => (
              <ChannelItem key={section.id} section={section} discovery={discovery} />
            ))}
          </ul>
          {others.count > others.sections.length && (
            <p className="found-none">and {formatInteger(others.count - others.sections.length)} more</p>
          )}
        </>
      )}
      {unseen.length > 0 && (
        <Popover trapFocus>
          <PopoverTrigger disableButtonEnhancement>
            <Button className="found-unseen" size="small" appearance="transparent">
              {plural(unseen.length, 'thing')} could not be seen…
            </Button>
          </PopoverTrigger>
          <PopoverSurface className="found-reasons" aria-label="What could not be seen">
            <UnseenList unseen={unseen} />
          </PopoverSurface>
        </Popover>
      )}
    </div>
  );
}
