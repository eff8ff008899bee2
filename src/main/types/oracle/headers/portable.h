// A header as programs for every system have it.
#ifndef PROTO_H
#define PROTO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <sys/time.h>
#include <wchar.h>

#if defined(__GNUC__) || defined(__clang__)
#  define PACKED __attribute__((__packed__))
#  define ALIGNED(n) __attribute__((__aligned__(n)))
#elif defined(_MSC_VER)
#  define PACKED
#  define ALIGNED(n) __declspec(align(n))
#else
#  error "no compiler is known"
#endif

#define NAME_LEN (sizeof("name") - 1)
#define MAX(a, b) ((a) > (b) ? (a) : (b))
enum { DEPTH = 5, WIDTH = DEPTH * 2 + 1 };
static const int unused = 3;

typedef struct node node_t;
struct node { node_t *next, *prev; int value; };

struct level { double price; long size; uint32_t count : 12, : 4, side : 1; };
struct book { struct level bid[DEPTH], ask[DEPTH]; char name[NAME_LEN]; uint8_t raw[MAX(WIDTH, 4)]; };
struct ALIGNED(32) aligned { char a; };
struct held { char c; struct aligned a; char d; };
struct with_asserts { int a; _Static_assert(sizeof(int) == 4, "int"); short b; };
_Static_assert(offsetof(struct level, size) == 8, "size");

struct mixed {
  _Bool b;
  long double ld;
  wchar_t w[3];
  time_t t;
  struct timespec ts;
  struct timeval tv;
  int (*fn)(struct mixed *self, void (*done)(int));
  void (*table[3])(void);
  char (*rows)[4];
  char *const names[2];
  union { int i; float f; struct { uint16_t lo, hi; }; };
  struct { uint8_t a : 4, b : 4; } nibbles[2];
  enum colour { RED = 1, GREEN, BLUE = 'b' } colour;
  volatile uint64_t *reg;
  intptr_t ip;
  unsigned long long int ull;
  long unsigned lu;
  signed s;
};

struct bits { signed a : 1; unsigned b : 31; int c : 32; bool d : 1; unsigned char e : 3; unsigned short f : 11; long g : 20;
  unsigned long long h : 33; unsigned : 0; unsigned i : 5; char j; unsigned k : 6; };
#pragma pack(push, 1)
struct packed_bits { char a; unsigned b : 5; unsigned c : 28; long long d : 40; short e; };
#pragma pack(pop)
typedef char line_t[32];
typedef line_t page_t[4];
struct pages { page_t pages[2]; line_t last; };
union any { uint8_t u8; uint16_t u16; uint32_t u32; uint64_t u64; float f; double d; uint8_t bytes[12]; };
struct tagged { uint8_t tag; union any value; uint8_t end; };
struct flexible { uint16_t n; struct level levels[]; };
struct zero { uint16_t n; uint32_t data[0]; };
int f(const struct level *level, int n);
static inline int g(void) { struct level local = { 0 }; return (int)local.count; }
extern struct level the_level;
#endif
