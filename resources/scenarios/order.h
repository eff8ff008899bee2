#include <stdint.h>

enum side { BUY = 1, SELL = 2 };

struct order {
  uint32_t id;
  enum side side;
  double price;
};
