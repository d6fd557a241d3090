/** What marks a Shopify return as opened for one of the channel: its reason notes carry the channel's id. */
export const noteOfReturn = (channelName: string, channelReturnId: string): string =>
  `${channelName} return ${channelReturnId}`;
