/* The behaviour struct: messages as this program's compiler lays them out. */
#include "order.h"

#include <string.h>

#include "behaviours.h"
#include "report.h"

/* As in IEEE 802.3 and zlib. */
static uint32_t crc32_of(const void *bytes, size_t length) {
  uint32_t crc = 0xFFFFFFFFu;
  for (const uint8_t *at = bytes, *end = at + length; at < end; at++) {
    crc ^= *at;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

/* The order with that number, from 1: the same each time. Its padding is 0. */
static void fill(struct order *order, uint64_t number) {
  static const char *const symbols[] = {"ACME", "GLOBEX", "INITECH", "HOOLI"};
  memset(order, 0, sizeof *order);
  order->hdr.kind = ORDER_KIND;
  order->hdr.length = (uint16_t)sizeof *order;
  order->hdr.seq = (long)number;
  order->account = 40000 + (size_t)(number % 5);
  order->context = (void *)(uintptr_t)(0x10000 + 64 * (number % 100));
  order->side = number % 3 == 0 ? SELL : BUY;
  order->flags = (enum order_flags)(number % 8);
  order->urgent = number % 4 == 0;
  order->quantity = (int64_t)(number % 10) * 100 - (order->side == SELL ? 450 : 0);
  order->venue = (unsigned)(number % 32);
  order->partial = number % 2 == 1;
  order->filled = number % 6 == 0;
  memcpy(order->symbol, symbols[number % 4], strlen(symbols[number % 4]));
  order->price = 100 + (double)((number * 37) % 200) / 8;
  order->crc = crc32_of(order, offsetof(struct order, crc));
}

int run_struct(channel *c, const options *o, uint8_t *buffer) {
  (void)buffer;
  if (!fits(c, sizeof(struct order))) return PEER_ERROR;
  say("order %lu", (unsigned long)sizeof(struct order));
  for (uint64_t number = 1; o->count == 0 || number <= o->count; number++) {
    struct order order;
    fill(&order, number);
    channel_result result = channel_send(c, &order, sizeof order, o->timeout_ms);
    if (result != CHANNEL_OK) return status_of_endless(c, result);
    pause_for(o->interval_ms);
  }
  return status_of_endless(c, channel_wait_read(c, o->timeout_ms));
}
