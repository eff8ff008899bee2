#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "behaviours.h"
#include "shm_wire.h"

static const char help_head[] =
    "Usage: shm-peer server|client [CHANNEL OPTIONS] BEHAVIOUR [OPTIONS]\n"
    "One end of a shared-memory channel, behaving as told. Prints \"ready\" when the channel is open.\n"
    "\n"
    "Channel options\n"
    "  --name N             section (" SHM_DEFAULT_SECTION ")\n"
    "  --event-s2c N        event server to client (" SHM_DEFAULT_EVENT_S2C ")\n"
    "  --event-c2s N        event client to server (" SHM_DEFAULT_EVENT_C2S ")\n"
    "  --layout L           fixed64, fixed or sized (sized)\n"
    "  --buffer-size BYTES  a sized server's buffer a direction (16384); a client reads it from the header\n"
    "  --wait MS            a client tries for so long to open the channel (0)\n"
    "  --take-over          a server starts afresh on a section that exists already\n"
    "  --unchecked          a sized client takes any buffer size that the header has, 0 too, as the crate does\n"
    "  --say-exit           a client says exit when it closes, as a server always does\n"
    "  --until-stdin-closes ends cleanly with its standard input\n"
    "\n"
    "Behaviours (MS may be none: no limit)\n";

static const char help_tail[] =
    "\n"
    "Exit status: 0 done, 1 error, 2 usage, 3 timeout, 4 the peer said exit first\n";

void options_print_help(void) {
  fputs(help_head, stdout);
  for (int i = 0; i < BEHAVIOUR_COUNT; i++) fputs(behaviours[i].help, stdout);
  puts("\nMisbehaviours");
  for (const struct misbehaviour *each = misbehaviours; each->name; each++) printf("  %-26s  %s\n", each->name, each->help);
  fputs(help_tail, stdout);
}

static const char *const layouts[] = {"fixed64", "fixed", "sized", NULL};
static const char *const roles[] = {"server", "client", NULL};

typedef enum { VALUE_TEXT, VALUE_SWITCH, VALUE_LAYOUT, VALUE_U32, VALUE_U64, VALUE_TIME, VALUE_REAL, VALUE_HEX } value_type;

enum { MAX_MILLISECONDS = 1000000000 };

#define IN(b) (1u << BEHAVIOUR_##b)
#define EVERYWHERE 0xFFFFFFFFu

typedef struct option {
  const char *name;
  value_type type;
  unsigned behaviours; /* those that accept it */
  size_t offset;       /* of its field in options */
  uint64_t least, most;
} option;

static const option table[] = {
    {"--name", VALUE_TEXT, EVERYWHERE, offsetof(options, channel.section), 0, 0},
    {"--event-s2c", VALUE_TEXT, EVERYWHERE, offsetof(options, channel.event_s2c), 0, 0},
    {"--event-c2s", VALUE_TEXT, EVERYWHERE, offsetof(options, channel.event_c2s), 0, 0},
    {"--layout", VALUE_LAYOUT, EVERYWHERE, offsetof(options, channel.layout), 0, 0},
    {"--buffer-size", VALUE_U32, EVERYWHERE, offsetof(options, channel.buffer_size), 1, UINT32_MAX},
    {"--wait", VALUE_U64, EVERYWHERE, offsetof(options, wait_ms), 0, MAX_MILLISECONDS},
    {"--take-over", VALUE_SWITCH, EVERYWHERE, offsetof(options, channel.take_over), 0, 0},
    {"--unchecked", VALUE_SWITCH, EVERYWHERE, offsetof(options, channel.unchecked), 0, 0},
    {"--say-exit", VALUE_SWITCH, EVERYWHERE, offsetof(options, channel.say_exit), 0, 0},
    {"--until-stdin-closes", VALUE_SWITCH, EVERYWHERE, offsetof(options, until_stdin_closes), 0, 0},
    {"--count", VALUE_U64, IN(ECHO) | IN(RECEIVE) | IN(FLOOD) | IN(DRAIN) | IN(PINGPONG) | IN(STRUCT),
     offsetof(options, count), 0, UINT64_MAX},
    {"--timeout", VALUE_TIME, IN(SEND) | IN(RECEIVE) | IN(FLOOD) | IN(PINGPONG) | IN(SCRIPT) | IN(STRUCT) | IN(MISBEHAVE),
     offsetof(options, timeout_ms), 0, MAX_MILLISECONDS},
    {"--interval", VALUE_U64, IN(SEND) | IN(TALK) | IN(STRUCT) | IN(MISBEHAVE), offsetof(options, interval_ms), 0,
     MAX_MILLISECONDS},
    {"--delay", VALUE_U64, IN(MISBEHAVE), offsetof(options, delay_ms), 0, MAX_MILLISECONDS},
    {"--seconds", VALUE_REAL, IN(FLOOD) | IN(PINGPONG) | IN(MISBEHAVE), offsetof(options, seconds), 0, 0},
    {"--rate", VALUE_REAL, IN(FLOOD), offsetof(options, rate), 0, 0},
    {"--size", VALUE_U64, IN(FLOOD) | IN(PINGPONG), offsetof(options, size), 0, UINT32_MAX},
    {"--length", VALUE_U64, IN(MISBEHAVE), offsetof(options, length), 0, UINT64_MAX},
    {"--on-input", VALUE_SWITCH, IN(GREET) | IN(MISBEHAVE), offsetof(options, on_input), 0, 0},
    {"--seed", VALUE_U64, IN(MISBEHAVE), offsetof(options, seed), 0, UINT64_MAX},
    {"--hex", VALUE_HEX, IN(SEND), 0, 0, 0},
};

typedef struct parser {
  options *o;
  message *messages;
  char *error;
  size_t error_size;
} parser;

static bool refuse(parser *p, const char *format, ...) {
  va_list values;
  va_start(values, format);
  vsnprintf(p->error, p->error_size, format, values);
  va_end(values);
  return false;
}

static int find(const char *const *words, const char *word) {
  for (int i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) return i;
  return -1;
}

static int find_behaviour(const char *name) {
  for (int i = 0; i < BEHAVIOUR_COUNT; i++)
    if (strcmp(behaviours[i].name, name) == 0) return i;
  return -1;
}

static const struct misbehaviour *find_misbehaviour(const char *name) {
  for (const struct misbehaviour *each = misbehaviours; each->name; each++)
    if (strcmp(each->name, name) == 0) return each;
  return NULL;
}

static bool parse_u64(const char *text, uint64_t least, uint64_t most, uint64_t *value) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  errno = 0;
  *value = strtoull(text, &end, 10);
  return errno == 0 && *end == 0 && *value >= least && *value <= most;
}

static bool parse_real(const char *text, double *value) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  *value = strtod(text, &end);
  return *end == 0 && *value > 0 && *value <= 1e9;
}

static void add_message(parser *p, const void *bytes, size_t length) {
  p->messages[p->o->message_count++] = (message){bytes, length};
}

static int hex_digit(char c) {
  static const char digits[] = "0123456789abcdef";
  const char *found = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c) : NULL;
  return found ? (int)(found - digits) : -1;
}

static bool parse_hex(parser *p, const char *text) {
  size_t length = strlen(text) / 2;
  uint8_t *bytes = malloc(length + 1);
  bool good = bytes && strlen(text) % 2 == 0;
  for (size_t i = 0; good && i < length; i++) {
    int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
    good = high >= 0 && low >= 0;
    if (good) bytes[i] = (uint8_t)(high * 16 + low);
  }
  if (good)
    add_message(p, bytes, length);
  else
    free(bytes);
  return good;
}

static bool parse_value(parser *p, const option *known, const char *text) {
  void *field = (char *)p->o + known->offset;
  uint64_t number = 0;
  int index;
  switch (known->type) {
    case VALUE_TEXT: *(const char **)field = text; return true;
    case VALUE_SWITCH: *(bool *)field = true; return true;
    case VALUE_LAYOUT:
      index = find(layouts, text);
      if (index >= 0) *(channel_layout *)field = (channel_layout)index;
      return index >= 0;
    case VALUE_U32:
      if (!parse_u64(text, known->least, known->most, &number)) return false;
      *(uint32_t *)field = (uint32_t)number;
      return true;
    case VALUE_U64: return parse_u64(text, known->least, known->most, (uint64_t *)field);
    case VALUE_TIME:
      if (strcmp(text, "none") == 0) number = CHANNEL_FOREVER;
      else if (!parse_u64(text, known->least, known->most, &number)) return false;
      *(int64_t *)field = (int64_t)number;
      return true;
    case VALUE_REAL: return parse_real(text, (double *)field);
    default: return parse_hex(p, text);
  }
}

/* The option at argv[*i], and its value after it. */
static bool parse_option(parser *p, int argc, char **argv, int *i) {
  const char *name = argv[*i];
  const option *known = NULL;
  for (size_t k = 0; k < sizeof table / sizeof *table && !known; k++)
    if (strcmp(table[k].name, name) == 0) known = &table[k];
  if (!known) return refuse(p, "there is no option %s", name);
  if (!(known->behaviours & (1u << p->o->behaviour)))
    return refuse(p, "%s does not know the option %s", behaviours[p->o->behaviour].name, name);
  const char *value = NULL;
  if (known->type != VALUE_SWITCH && !(value = argv[*i + 1 < argc ? ++*i : argc]))
    return refuse(p, "the option %s lacks its value", name);
  return parse_value(p, known, value) || refuse(p, "the option %s can't be %s", name, value);
}

/* Position of the behaviour's name: the first argument that is neither an option nor an option's value. */
static int behaviour_position(int argc, char **argv) {
  for (int i = 2; i < argc; i++) {
    if (strncmp(argv[i], "--", 2) != 0) return i;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
      if (strcmp(table[k].name, argv[i]) == 0 && table[k].type != VALUE_SWITCH) {
        i++;
        break;
      }
  }
  return 0;
}

static void set_defaults(options *o, behaviour chosen) {
  *o = (options){.behaviour = chosen, .timeout_ms = CHANNEL_FOREVER, .size = 64, .length = UINT32_MAX};
  o->channel = (channel_config){.layout = LAYOUT_SIZED,
                                .section = SHM_DEFAULT_SECTION,
                                .event_s2c = SHM_DEFAULT_EVENT_S2C,
                                .event_c2s = SHM_DEFAULT_EVENT_C2S,
                                .buffer_size = SHM_BUFFER_SIZE};
  if (chosen == BEHAVIOUR_SEND || chosen == BEHAVIOUR_PINGPONG || chosen == BEHAVIOUR_SCRIPT || chosen == BEHAVIOUR_MISBEHAVE)
    o->timeout_ms = 10000;
  if (chosen == BEHAVIOUR_PINGPONG) o->size = 256;
  if (chosen == BEHAVIOUR_RECEIVE) o->count = 1;
  if (chosen == BEHAVIOUR_TALK) o->interval_ms = 400;
  if (chosen == BEHAVIOUR_STRUCT) o->interval_ms = 500;
  if (chosen == BEHAVIOUR_MISBEHAVE) o->seconds = 1;
}

static bool check(parser *p) {
  options *o = p->o;
  bool server = o->channel.role == ROLE_SERVER, sized = o->channel.layout == LAYOUT_SIZED;
  if (!sized && o->channel.buffer_size != SHM_BUFFER_SIZE)
    return refuse(p, "--buffer-size belongs to the sized layout; the others have 16384");
  if (o->behaviour == BEHAVIOUR_SEND && o->message_count == 0) return refuse(p, "send needs a TEXT or --hex HEX");
  if (o->behaviour == BEHAVIOUR_GREET && o->message_count != 1) return refuse(p, "greet needs one TEXT");
  if ((o->behaviour == BEHAVIOUR_FLOOD || o->behaviour == BEHAVIOUR_PINGPONG) && !o->count && o->seconds <= 0)
    return refuse(p, "%s needs --count N or --seconds S", behaviours[o->behaviour].name);
  if (o->behaviour != BEHAVIOUR_MISBEHAVE) return true;
  if (!o->misbehaviour) return refuse(p, "misbehave needs a KIND");
  if (!server && o->misbehaviour->server_only)
    return refuse(p, "only a server can misbehave with %s", o->misbehaviour->name);
  if (!sized && o->misbehaviour->sized_only) return refuse(p, "only the sized layout has a size in its header");
  return true;
}

static bool parse(parser *p, int argc, char **argv) {
  int role = argc > 1 ? find(roles, argv[1]) : -1;
  if (role < 0) return refuse(p, "the first argument is server or client");
  int at = behaviour_position(argc, argv);
  int chosen = at ? find_behaviour(argv[at]) : -1;
  if (!at) return refuse(p, "no behaviour given");
  if (chosen < 0) return refuse(p, "there is no behaviour %s", argv[at]);
  set_defaults(p->o, (behaviour)chosen);
  p->o->channel.role = (channel_role)role;
  p->o->messages = p->messages;

  bool only_texts = false;
  for (int i = 2; i < argc; i++) {
    if (i == at) continue;
    if (!only_texts && strcmp(argv[i], "--") == 0) {
      only_texts = true;
    } else if (!only_texts && strncmp(argv[i], "--", 2) == 0) {
      if (!parse_option(p, argc, argv, &i)) return false;
    } else if (chosen == BEHAVIOUR_SEND || chosen == BEHAVIOUR_GREET) {
      add_message(p, argv[i], strlen(argv[i]));
    } else if (chosen == BEHAVIOUR_MISBEHAVE && !p->o->misbehaviour &&
               (p->o->misbehaviour = find_misbehaviour(argv[i]))) {
      continue;
    } else {
      return refuse(p, "%s can't be understood here", argv[i]);
    }
  }
  return check(p);
}

options_result options_parse(options *o, int argc, char **argv, char *error, size_t size) {
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--help") == 0) return OPTIONS_HELP;
  parser p = {.o = o, .error = error, .error_size = size};
  p.messages = calloc((size_t)argc + 1, sizeof *p.messages);
  if (!p.messages) return refuse(&p, "out of memory") ? OPTIONS_OK : OPTIONS_BAD;
  return parse(&p, argc, argv) ? OPTIONS_OK : OPTIONS_BAD;
}
