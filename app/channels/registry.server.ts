import type { Channel, ChannelId } from "./port.ts";

/** All channels by id. Throws RangeError for one that is not built: ids come from our own rows. */
export function createChannelRegistry(channels: readonly Channel[]): (id: ChannelId) => Channel {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  if (byId.size !== channels.length) throw new Error("two channels share one id");
  return (id) => {
    const channel = byId.get(id);
    if (!channel) throw new RangeError(`there is no channel ${id}`);
    return channel;
  };
}
