/*
 * What the behaviour "struct" sends. It is declared as programs like to declare their messages, so that no two ABIs lay
 * it out the same: give this file to Shmscope and it reads the messages of every build.
 */
#ifndef SHM_ORDER_H
#define SHM_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ORDER_KIND 7
#define ORDER_SYMBOL 8

enum side { BUY = 1, SELL = 2 };

enum order_flags { HIDDEN = 1, POST_ONLY = 2, ICEBERG = 4 };

struct order_header {
  uint16_t kind;
  uint16_t length; /* bytes of the message */
  long seq;
};

struct order {
  struct order_header hdr;
  size_t account;
  void *context; /* the sender's own */
  enum side side;
  enum order_flags flags;
  bool urgent;
  int64_t quantity;
  unsigned venue : 5;
  bool partial : 1;
  bool filled : 1;
  char symbol[ORDER_SYMBOL];
  double price;
  uint32_t crc; /* CRC-32 of everything before it */
};

#endif
